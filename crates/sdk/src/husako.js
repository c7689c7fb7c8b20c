// What programs import as `husako`.
import { _merge, _schema } from "husako/_base";

// Given by the runtime, which takes it away before any code of the user runs.
const { build, toJson, toYaml } = globalThis.__husako;
export { build, toJson, toYaml };

const set = (proto, name, method) =>
  Object.defineProperty(proto, name, { value: method, writable: true, configurable: true });

// A fragment: a builder whose methods have a meaning of their own.
const fragment = (title, names) => {
  const proto = _schema(title, names);
  return [proto, { __proto__: proto, _props: {} }];
};

const [metadataMethods, noMetadata] = fragment("metadata()", ["name", "namespace", "labels", "annotations"]);
for (const [one, all] of [["label", "labels"], ["annotation", "annotations"]]) {
  set(metadataMethods, one, function (key, value) {
    return this._set(all, { ...this._props[all], [key]: value });
  });
  set(metadataMethods, all, function (values) {
    return this._set(all, { ...this._props[all], ...values });
  });
}

const [amountMethods, noAmounts] = fragment("cpu() or memory()", []);
set(amountMethods, "cpu", function (value) {
  return this._set("cpu", quantity("cpu", value, cpuQuantity));
});
set(amountMethods, "memory", function (value) {
  return this._set("memory", quantity("memory", value, (number) => `${number}Gi`));
});

const cpuQuantity = (number) => (Number.isInteger(number) ? String(number) : `${Math.round(number * 1000)}m`);

function quantity(name, value, ofNumber) {
  if (typeof value === "string") return value;
  if (Number.isFinite(value)) return ofNumber(value);
  throw new TypeError(`${name}() takes a number or a quantity such as "500m"`);
}

const [, noRequirements] = fragment("requests() or limits()", ["requests", "limits"]);

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

export function merge(items) {
  if (!Array.isArray(items)) throw new TypeError("merge() takes an array");
  return _merge(items);
}
