// What programs import as `husako`.
import { method, schema } from "husako:core";
export { merge } from "husako:core";

export const { build, toJson, toYaml } = import.meta.host;

// A builder with no property set, and with methods whose meaning is their own.
function fragment(title, names, methods) {
  const proto = schema(title, names);
  for (const name of Object.keys(methods)) method(proto, name, methods[name]);
  return { __proto__: proto, _props: {} };
}

const put = (from, key, value) => ({
  __proto__: Object.getPrototypeOf(from),
  _props: { ...from._props, [key]: value },
});

function quantity(name, value, ofNumber) {
  if (typeof value === "string") return value;
  if (Number.isFinite(value)) return ofNumber(value);
  throw new TypeError(`${name}() takes a number or a quantity such as "500m"`);
}

const ofCpu = (number) => (Number.isInteger(number) ? `${number}` : `${Math.round(number * 1000)}m`);
const ofMemory = (number) => `${number}Gi`;

const noMetadata = fragment("metadata()", ["name", "namespace"], {
  label(key, value) {
    return put(this, "labels", { ...this._props.labels, [key]: value });
  },
  labels(values) {
    return put(this, "labels", { ...this._props.labels, ...values });
  },
  annotation(key, value) {
    return put(this, "annotations", { ...this._props.annotations, [key]: value });
  },
  annotations(values) {
    return put(this, "annotations", { ...this._props.annotations, ...values });
  },
});
const noAmounts = fragment("cpu() or memory()", [], {
  cpu(value) {
    return put(this, "cpu", quantity("cpu", value, ofCpu));
  },
  memory(value) {
    return put(this, "memory", quantity("memory", value, ofMemory));
  },
});
const noRequirements = fragment("requests() or limits()", ["requests", "limits"], {});

export const metadata = () => noMetadata;
export const name = (value) => noMetadata.name(value);
export const namespace = (value) => noMetadata.namespace(value);
export const label = (key, value) => noMetadata.label(key, value);
export const labels = (values) => noMetadata.labels(values);
export const annotation = (key, value) => noMetadata.annotation(key, value);
export const annotations = (values) => noMetadata.annotations(values);
export const cpu = (value) => noAmounts.cpu(value);
export const memory = (value) => noAmounts.memory(value);
export const requests = (amounts) => noRequirements.requests(amounts);
export const limits = (amounts) => noRequirements.limits(amounts);
