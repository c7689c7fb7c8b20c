import { build, cpu, limits, memory, metadata, requests } from "husako";
import { LabelSelector } from "k8s/_common";
import { Deployment } from "k8s/apps/v1";
import { Container, PodTemplateSpec, Service } from "k8s/core/v1";

const labels = { app: "web" };
const common = metadata().name("web").labels(labels);

const container = Container()
  .name("web")
  .image("nginx:1.29")
  .ports([{ name: "http", containerPort: 80 }])
  .resources(requests(cpu(0.1).memory("64Mi")).limits(memory("128Mi")));

const deployment = Deployment()
  .metadata(common)
  .replicas(2)
  .selector(LabelSelector().matchLabels(labels))
  .template(PodTemplateSpec().metadata({ labels }))
  .containers([container]);

const service = Service()
  .metadata(common)
  .selector(labels)
  .ports([{ name: "http", port: 80, targetPort: "http" }]);

build([deployment, service]);
