import { toJson, toYaml } from "husako";
import { ConfigMap } from "k8s/core/v1";
import { Ingress } from "k8s/networking.k8s.io/v1";
import regions from "../config/regions.json";
import robots from "../config/robots.txt" with { type: "text" };
import settings from "../config/storefront.yaml";
import type { Environment } from "./environment";
import { metadataOf } from "./labels";
import { webService } from "./web-service";

/** What customers see. */
export function storefront(env: Environment) {
  const config = ConfigMap()
    .metadata(metadataOf("storefront-config", env.name))
    .data({
      "settings.yaml": toYaml({ ...settings, environment: env.name }),
      "regions.json": toJson(regions),
      "robots.txt": robots,
    });
  const ingress = Ingress()
    .metadata(
      metadataOf("storefront", env.name).annotation("cert-manager.io/cluster-issuer", "letsencrypt"),
    )
    .ingressClassName("nginx")
    .tls([{ hosts: [env.host], secretName: "storefront-tls" }])
    .rules([
      {
        host: env.host,
        http: {
          paths: [
            {
              path: "/",
              pathType: "Prefix",
              backend: { service: { name: "storefront", port: { name: "http" } } },
            },
          ],
        },
      },
    ]);
  return [
    config,
    ...webService(env, {
      name: "storefront",
      image: "registry.example.com/shop/storefront",
      port: 8080,
      config: "storefront-config",
    }),
    ingress,
  ];
}
