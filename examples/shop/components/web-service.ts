import { cpu, limits, memory, requests } from "husako";
import { LabelSelector } from "k8s/_common";
import { Deployment } from "k8s/apps/v1";
import { HorizontalPodAutoscaler } from "k8s/autoscaling/v2";
import { Container, PodSpec, PodTemplateSpec, Service } from "k8s/core/v1";
import { PodDisruptionBudget } from "k8s/policy/v1";
import type { Environment } from "./environment";
import { metadataOf, selectorOf } from "./labels";

/** What a web service needs. */
export interface WebService {
  name: string;
  image: string;
  port: number;
  /** The ConfigMap that is mounted at `/etc/shop`. */
  config?: string;
}

/** A web service that scales: Deployment, Service, autoscaler and disruption budget. */
export function webService(env: Environment, service: WebService) {
  const labels = selectorOf(service.name);
  let container = Container()
    .name(service.name)
    .image(`${service.image}:${env.image.tag}`)
    .ports([{ name: "http", containerPort: service.port }])
    .readinessProbe({ httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 })
    .resources(requests(cpu(0.25).memory("256Mi")).limits(memory("512Mi")));
  let pod = PodSpec();
  if (service.config !== undefined) {
    container = container.volumeMounts([{ name: "config", mountPath: "/etc/shop", readOnly: true }]);
    pod = pod.volumes([{ name: "config", configMap: { name: service.config } }]);
  }

  return [
    Deployment()
      .metadata(metadataOf(service.name, env.name))
      .replicas(env.replicas.min)
      .selector(LabelSelector().matchLabels(labels))
      .template(PodTemplateSpec().metadata({ labels }).spec(pod.containers([container]))),
    Service()
      .metadata(metadataOf(service.name, env.name))
      .selector(labels)
      .ports([{ name: "http", port: 80, targetPort: "http" }]),
    HorizontalPodAutoscaler()
      .metadata(metadataOf(service.name, env.name))
      .scaleTargetRef({ apiVersion: "apps/v1", kind: "Deployment", name: service.name })
      .minReplicas(env.replicas.min)
      .maxReplicas(env.replicas.max)
      .metrics([
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ]),
    PodDisruptionBudget()
      .metadata(metadataOf(service.name, env.name))
      .maxUnavailable("25%")
      .selector({ matchLabels: labels }),
  ];
}
