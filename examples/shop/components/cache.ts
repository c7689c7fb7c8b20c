import { toYaml } from "husako";
import { Cache } from "helm/cache";
import { ConfigMap } from "k8s/core/v1";
import type { Environment } from "./environment";
import { metadataOf } from "./labels";

/** The values with which the chart of the cache is installed, for the tool that installs it. */
export function cache(env: Environment) {
  const values = Cache({ architecture: env.cache })
    .replicas(env.cache === "replicated" ? 3 : 1)
    .persistence({ enabled: env.cache === "replicated", size: "2Gi" })
    .metrics({ enabled: true });
  return ConfigMap()
    .metadata(metadataOf("cache-values", env.name))
    .data({ "values.yaml": toYaml(values) });
}
