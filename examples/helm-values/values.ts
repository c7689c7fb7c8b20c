import { build, metadata, toYaml } from "husako";
import { Podinfo } from "helm/podinfo";
import { ConfigMap } from "k8s/core/v1";

const values = Podinfo()
  .replicaCount(3)
  .logLevel("warn")
  .service({ type: "ClusterIP", httpPort: 9898 })
  .ingress({ enabled: true, hosts: [{ host: "podinfo.example.com", paths: ["/"] }] })
  .podAnnotations({ "prometheus.io/scrape": "true" });

build(ConfigMap().metadata(metadata().name("podinfo-values")).data({ "values.yaml": toYaml(values) }));
