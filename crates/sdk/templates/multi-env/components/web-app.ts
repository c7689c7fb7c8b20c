import { cpu, limits, memory, metadata, requests } from "husako";
import { LabelSelector } from "k8s/_common";
import { Deployment } from "k8s/apps/v1";
import { Container, Namespace, PodTemplateSpec, Service } from "k8s/core/v1";
import { Ingress } from "k8s/networking.k8s.io/v1";
import type { Environment } from "./environment";

const labels = { "app.kubernetes.io/name": "web" };

/** The app as it runs in an environment. */
export function webApp(environment: Environment) {
  const common = metadata().name("web").namespace(environment.name).labels(labels);
  const container = Container()
    .name("web")
    .image(environment.image)
    .ports([{ name: "http", containerPort: 80 }])
    .resources(requests(cpu(0.1).memory("64Mi")).limits(memory("128Mi")));

  const resources = [
    Namespace().metadata({ name: environment.name }),
    Deployment()
      .metadata(common)
      .replicas(environment.replicas)
      .selector(LabelSelector().matchLabels(labels))
      .template(PodTemplateSpec().metadata({ labels }))
      .containers([container]),
    Service()
      .metadata(common)
      .selector(labels)
      .ports([{ name: "http", port: 80, targetPort: "http" }]),
  ];
  if (environment.host === undefined) return resources;
  return [...resources, ingress(environment.host).metadata(common)];
}

/** The way in from outside of the cluster. */
function ingress(host: string) {
  const backend = { service: { name: "web", port: { name: "http" } } };
  return Ingress().rules([{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }]);
}
