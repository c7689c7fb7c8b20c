import { cpu, limits, memory, requests } from "husako";
import { LabelSelector } from "k8s/_common";
import { Deployment } from "k8s/apps/v1";
import { Container, PodTemplateSpec, Service } from "k8s/core/v1";
import { labelsOf, metadataOf } from "./labels";

/** What makes one web app differ from another. */
export interface WebApp {
  name: string;
  namespace: string;
  image: string;
  replicas: number;
}

/** A web app: a Deployment and the Service in front of it. */
export function webApp(app: WebApp) {
  const labels = labelsOf(app.name);
  const container = Container()
    .name(app.name)
    .image(app.image)
    .ports([{ name: "http", containerPort: 80 }])
    .readinessProbe({ httpGet: { path: "/", port: "http" } })
    .resources(requests(cpu(0.1).memory("64Mi")).limits(memory("128Mi")));

  const deployment = Deployment()
    .metadata(metadataOf(app.name, app.namespace))
    .replicas(app.replicas)
    .selector(LabelSelector().matchLabels(labels))
    .template(PodTemplateSpec().metadata({ labels }))
    .containers([container]);

  const service = Service()
    .metadata(metadataOf(app.name, app.namespace))
    .selector(labels)
    .ports([{ name: "http", port: 80, targetPort: "http" }]);

  return [deployment, service];
}
