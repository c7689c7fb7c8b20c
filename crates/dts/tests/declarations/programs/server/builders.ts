// Builders: a method per property, typed as the property is.
import { build, cpu, limits, memory, metadata, name, requests } from "husako";
import { Certificate, CertificateSpecIssuerRef } from "k8s/cert-manager.io/v1";
import { DaemonSet, Deployment, DeploymentStrategy } from "k8s/apps/v1";
import { CronJob } from "k8s/batch/v1";
import { ConfigMap, Container, Pod, PodSpec, PodTemplateSpec, Secret, Service } from "k8s/core/v1";
import { LabelSelector } from "k8s/_common";
import { Prometheus } from "k8s/monitoring.coreos.com/v1";

const container = Container()
  .name("web")
  .image("nginx")
  .ports([{ containerPort: 80 }])
  .resources(requests(cpu(0.25).memory("128Mi")).limits(memory("256Mi")));

const deployment = Deployment()
  .metadata(metadata().name("web").label("app", "web"))
  .replicas(2)
  .selector(LabelSelector().matchLabels({ app: "web" }))
  .strategy(DeploymentStrategy({ type: "Recreate" }))
  .template(PodTemplateSpec().spec(PodSpec().containers([container])))
  .containers([container, { name: "side" }])
  .initContainers([])
  .resources(requests(cpu(1)), limits(memory(1)));

// @ts-expect-error there is no such method.
Deployment().replica(2);
// @ts-expect-error not a number.
Deployment().replicas("2");
// @ts-expect-error not a selector.
Deployment().selector({ matchLabel: {} });
// @ts-expect-error a service is no container.
Deployment().containers([Service()]);

Deployment().metadata(name("web")).metadata({ name: "web" }).spec({ selector: {}, template: {} });
// @ts-expect-error `template` is required.
Deployment().spec({ selector: {} });

const service = Service()
  .metadata({ name: "web" })
  .selector({ app: "web" })
  .type("NodePort")
  .ports([{ port: 80, targetPort: "http", protocol: "UDP" }])
  .ports([{ port: 80 }]);
// @ts-expect-error not one of the values.
Service().type("Public");
// @ts-expect-error `port` is required.
Service().ports([{ targetPort: 80 }]);
// @ts-expect-error a service has no pod template.
Service().containers([container]);

ConfigMap().metadata(name("a")).data({ a: "b" }).immutable(true);
Secret().stringData({ a: "b" }).type("Opaque");
Pod().containers([container]);
DaemonSet().containers([container]);
CronJob().schedule("@daily").jobTemplate({ spec: { template: { spec: { containers: [container] } } } });

Certificate()
  .metadata(name("web"))
  .secretName("web")
  .issuerRef(CertificateSpecIssuerRef().name("ca").kind("ClusterIssuer"))
  .issuerRef({ name: "ca" });
// @ts-expect-error there is no such method.
Certificate().secretname("web");
Prometheus().replicas(2).containers([{ name: "prometheus" }]);

build([deployment, service]);
