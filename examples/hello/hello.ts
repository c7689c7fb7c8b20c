import { build, metadata } from "husako";
import { LabelSelector } from "k8s/_common";
import { Deployment } from "k8s/apps/v1";
import { Container, Service } from "k8s/core/v1";

const labels = { app: "hello" };

const deployment = Deployment()
  .metadata(metadata().name("hello").label("app", "hello"))
  .replicas(2)
  .selector(LabelSelector().matchLabels(labels))
  .template({
    metadata: { labels },
    spec: { containers: [Container().name("hello").image("nginx:1.29").ports([{ containerPort: 80 }])] },
  });

const service = Service()
  .metadata(metadata().name("hello"))
  .selector(labels)
  .ports([{ port: 80 }]);

build([deployment, service]);
