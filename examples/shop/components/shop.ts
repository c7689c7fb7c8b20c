import { Namespace } from "k8s/core/v1";
import { Campaign } from "k8s/shop.example.com/v1";
import { cache } from "./cache";
import type { Environment } from "./environment";
import { metadataOf } from "./labels";
import { storefront } from "./storefront";
import { webService } from "./web-service";

/** Everything that an environment holds. */
export function shop(env: Environment) {
  return [
    Namespace().metadata({ name: env.name }),
    ...storefront(env),
    ...webService(env, { name: "catalog", image: "registry.example.com/shop/catalog", port: 9090 }),
    cache(env),
    Campaign()
      .metadata(metadataOf("spring", env.name))
      .title("Spring sale")
      .discount({ percent: 15, rounding: "down" })
      .channels(["web", "app"])
      .budget("2%")
      .schedule([{ from: "2027-03-20", to: "2027-04-05" }]),
  ];
}
