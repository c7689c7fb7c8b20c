// Object literals: what is right compiles, what is wrong does not.
import { Certificate } from "k8s/cert-manager.io/v1";
import { Deployment, type DeploymentSpec } from "k8s/apps/v1";
import { ConfigMap, Container, Pod, Service, type ServicePort } from "k8s/core/v1";
import { Ingress } from "k8s/networking.k8s.io/v1";
import { Ingress as ShortIngress, IngressRule } from "k8s/networking/v1";
import { LabelSelector, ObjectMeta, type Quantity } from "k8s/_common";
import { PrometheusRule } from "k8s/monitoring.coreos.com/v1";

Deployment({
  metadata: { name: "web", labels: { app: "web" } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          {
            name: "web",
            image: "nginx",
            imagePullPolicy: "Always",
            ports: [{ containerPort: 80, protocol: "TCP" }],
            resources: { requests: { cpu: 1, memory: "1Gi" } },
            livenessProbe: { httpGet: { path: "/", port: "http" } },
            readinessProbe: { httpGet: { port: 80 } },
          },
        ],
      },
    },
  },
});

// Literals and builders mix at any depth.
Deployment({
  spec: {
    selector: LabelSelector({ matchLabels: { app: "web" } }),
    template: { spec: { containers: [Container().name("web"), { name: "side" }] } },
  },
});

// @ts-expect-error `selector` and `template` are required.
Deployment({ spec: { replicas: 1 } });

Deployment({
  spec: {
    selector: {},
    template: {},
    // @ts-expect-error there is no such field.
    replica: 1,
  },
});

// @ts-expect-error the version of an object is fixed.
Deployment({ apiVersion: "apps/v2" });
// @ts-expect-error and so is its kind.
Deployment({ kind: "StatefulSet" });
Deployment({ apiVersion: "apps/v1", kind: "Deployment" });

// @ts-expect-error not one of the values.
Container({ name: "web", imagePullPolicy: "Sometimes" });
// @ts-expect-error not a number.
Container({ name: "web", ports: [{ containerPort: "http" }] });
// @ts-expect-error `name` is required.
Container({ image: "nginx" });

// A plain object is a document too.
const plain: Deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  spec: { selector: {}, template: {} },
};
const spec: DeploymentSpec = { selector: {}, template: {} };
Deployment({ ...plain, spec });

const port: ServicePort = { port: 80, targetPort: "http" };
Service({ spec: { ports: [port] } });
const amount: Quantity = 1;
const text: Quantity = "100m";
// @ts-expect-error not an amount.
const wrong: Quantity = true;

Pod({ spec: { containers: [] } });
ConfigMap({ data: { a: "b" }, immutable: true });
// @ts-expect-error data are strings.
ConfigMap({ data: { a: 1 } });
// @ts-expect-error there is no such field.
ConfigMap({ dta: {} });

// Short and full paths are one module.
const ingress: Ingress = { spec: { rules: [{ host: "a" }] } };
ShortIngress(ingress);
ShortIngress({ spec: { rules: [IngressRule({ host: "a" })] } });
ObjectMeta({ name: "x" });

// Custom resources, down to nested objects.
Certificate({
  metadata: { name: "web" },
  spec: { secretName: "web", issuerRef: { name: "ca" }, dnsNames: ["example.com"] },
});
// @ts-expect-error `issuerRef` is required.
Certificate({ spec: { secretName: "web" } });
Certificate({
  spec: {
    secretName: "web",
    // @ts-expect-error `name` is required.
    issuerRef: {},
    // @ts-expect-error a list of strings.
    dnsNames: "example.com",
  },
});
PrometheusRule({ spec: { groups: [{ name: "a", rules: [{ alert: "Down", expr: 1 }, { expr: "up == 0" }] }] } });

export { amount, text, wrong };
