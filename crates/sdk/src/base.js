// The builders. Everything here runs once per entry, so it is small, and what a kind needs is made
// when the kind is first used.

// Given by the runtime, which takes it away before any code of the user runs.
const host = globalThis.__husako;
const { getPrototypeOf, setPrototypeOf, defineProperty, getOwnPropertyNames } = Object;
const objectPrototype = Object.prototype;

// Names that something looks up on any object to learn what it is.
const probed = ["then", "inspect", "asymmetricMatch", "nodeType", "$$typeof"];

// The last prototype of every builder: only names that no builder has arrive here.
const unknown = new Proxy(objectPrototype, {
  get(target, key, receiver) {
    if (typeof key === "symbol" || key in target) return Reflect.get(target, key, receiver);
    if (key[0] === "_" || probed.includes(key)) return undefined;
    const names = [];
    for (let proto = getPrototypeOf(receiver); proto !== unknown; proto = getPrototypeOf(proto)) {
      names.push(...getOwnPropertyNames(proto).filter((name) => name[0] !== "_"));
    }
    const near = host.nearest(key, names);
    const hint = near === undefined ? "" : `: did you mean \`${near}\`?`;
    throw new TypeError(`${receiver._title} has no method \`${key}\`${hint}`);
  },
});

const isObject = (value) => typeof value === "object" && value !== null;
const isBuilder = (value) => isObject(value) && typeof value._toJSON === "function";

function isPlain(value) {
  if (!isObject(value) || Array.isArray(value)) return false;
  const proto = getPrototypeOf(value);
  return proto === objectPrototype || proto === null;
}

// The object that a builder stands for, with the builders in it left as they are.
function shallow(value) {
  if (!isBuilder(value)) return value;
  return typeof value._plain === "function" ? value._plain() : value._toJSON();
}

// The value with all builders in it resolved.
function plain(value) {
  if (isBuilder(value)) {
    value = typeof value._plain === "function" ? value._plain() : value._toJSON();
  }
  if (Array.isArray(value)) return value.map(plain);
  if (!isPlain(value)) return value;
  const copy = { ...value };
  for (const key of Object.keys(copy)) {
    const inner = copy[key];
    if (isObject(inner)) defineProperty(copy, key, { value: plain(inner) });
  }
  return copy;
}

// A copy of an object of properties that a factory or a constructor was given.
function properties(init, title) {
  const object = shallow(init);
  if (!isPlain(object)) throw new TypeError(`${title} takes an object of its properties`);
  return { ...object };
}

// A copy of `object` with `value` at the end of `path`; what stands in the way is replaced.
function setDeep(object, path, value) {
  const root = { ...object };
  let current = root;
  for (const key of path.slice(0, -1)) {
    const inner = shallow(current[key]);
    current = current[key] = isPlain(inner) ? { ...inner } : {};
  }
  current[path.at(-1)] = value;
  return root;
}

// Requirements given one after the other: the last `requests` and the last `limits` count.
function combined(fragments) {
  return Object.assign({}, ...fragments.map((fragment) => properties(fragment, "`resources`")));
}

// `podSpec` with `requirements` as the resources of its first container.
function withResources(podSpec, requirements) {
  const pod = { ...shallow(podSpec) };
  const [first, ...others] = pod.containers ?? [];
  const container = { ...shallow(first) };
  container.resources = { ...shallow(container.resources), ...requirements };
  pod.containers = [container, ...others];
  return pod;
}

export class _SchemaBuilder {
  _props = {};

  constructor(init) {
    if (init !== undefined) this._props = properties(init, this._title);
  }

  get _title() {
    return this.constructor.name;
  }

  _copy() {
    return { __proto__: getPrototypeOf(this), ...this };
  }

  _set(key, value) {
    const copy = this._copy();
    copy._props = { ...this._props, [key]: value };
    return copy;
  }

  _plain() {
    return this._props;
  }

  _from(object) {
    const copy = this._copy();
    copy._props = object;
    return copy;
  }

  _toJSON() {
    return plain(this._plain());
  }

  _render() {
    return this._toJSON();
  }

  toJSON() {
    return this._toJSON();
  }
}

export class _ResourceBuilder {
  _apiVersion = undefined;
  _kind = undefined;
  _metadata = undefined;
  // The spec as a whole, or else its properties.
  _spec = undefined;
  _parts = undefined;
  // What the first container requests and its limits.
  _requirements = undefined;
  // Top-level fields that go over all others.
  _fields = undefined;

  constructor(apiVersion, kind, init) {
    this._apiVersion = apiVersion;
    this._kind = kind;
    if (init !== undefined) Object.assign(this, this._from(properties(init, this._title)));
  }

  get _title() {
    return this._kind;
  }

  // The path from the resource to its pod spec.
  get _podSpec() {
    return ["spec", "template", "spec"];
  }

  _copy() {
    return { __proto__: getPrototypeOf(this), ...this };
  }

  metadata(value) {
    const copy = this._copy();
    copy._metadata = value;
    return copy;
  }

  spec(value) {
    const copy = this._copy();
    copy._spec = value;
    copy._parts = undefined;
    return copy;
  }

  set(key, value) {
    const copy = this._copy();
    copy._fields = { ...this._fields, [key]: value };
    return copy;
  }

  resources(...fragments) {
    if (this._podSpec === null) {
      throw new TypeError(`${this._title} has no pod template, so no container to set resources of`);
    }
    const copy = this._copy();
    copy._requirements = combined(fragments);
    return copy;
  }

  _setSpec(key, value) {
    const copy = this._copy();
    copy._spec = undefined;
    copy._parts = { ...this._parts, [key]: value };
    return copy;
  }

  _setDeep(path, value) {
    const copy = this._copy();
    copy._spec = undefined;
    copy._parts = setDeep(this._parts, path.split("."), value);
    return copy;
  }

  _plain() {
    const object = { apiVersion: this._apiVersion, kind: this._kind };
    if (this._metadata !== undefined && this._metadata !== null) object.metadata = this._metadata;
    const spec = this._parts ?? this._spec;
    if (spec !== undefined && spec !== null) object.spec = spec;
    if (this._fields !== undefined) Object.assign(object, this._fields);
    if (this._requirements === undefined) return object;
    const path = this._podSpec;
    let podSpec = object;
    for (const key of path) podSpec = shallow(podSpec?.[key]);
    return setDeep(object, path, withResources(podSpec, this._requirements));
  }

  _from({ apiVersion = this._apiVersion, kind = this._kind, metadata, spec, ...fields }) {
    if (apiVersion !== this._apiVersion || kind !== this._kind) {
      throw new TypeError(`${this._title} of ${this._apiVersion} cannot be a ${kind} of ${apiVersion}`);
    }
    const copy = this._copy();
    copy._metadata = metadata;
    copy._spec = undefined;
    copy._parts = spec === undefined ? undefined : properties(spec, "`spec`");
    copy._requirements = undefined;
    copy._fields = fields;
    return copy;
  }

  _toJSON() {
    return plain(this._plain());
  }

  _render() {
    return this._toJSON();
  }

  toJSON() {
    return this._toJSON();
  }
}

setPrototypeOf(_SchemaBuilder.prototype, unknown);
setPrototypeOf(_ResourceBuilder.prototype, unknown);

// Gives `proto` a method, whatever its name.
function method(proto, name, value) {
  defineProperty(proto, name, { value, writable: true, configurable: true });
}

const schemaNames = new Set(["then", "toJSON", ...getOwnPropertyNames(_SchemaBuilder.prototype)]);
schemaNames.delete("constructor");
const resourceNames = new Set(["then", ...getOwnPropertyNames(_ResourceBuilder.prototype)]);
for (const name of ["apiVersion", "kind", "status"]) resourceNames.add(name);
for (const name of ["constructor", "resources"]) resourceNames.delete(name);

export function _schema(title, names) {
  const proto = { __proto__: _SchemaBuilder.prototype };
  defineProperty(proto, "_title", { value: title });
  for (const name of names) {
    if (schemaNames.has(name)) continue;
    method(proto, name, function (value) {
      return { __proto__: proto, _props: { ...this._props, [name]: value } };
    });
  }
  return proto;
}

function schemaFactory(title, names) {
  const proto = _schema(title, names);
  return (init) => ({ __proto__: proto, _props: init === undefined ? {} : properties(init, title) });
}

function resourceFactory(title, { apiVersion, kind, properties: fields, spec, podSpec }) {
  const proto = { __proto__: _ResourceBuilder.prototype };
  defineProperty(proto, "_title", { value: title });
  defineProperty(proto, "_podSpec", { value: podSpec ?? null });
  for (const name of fields) {
    if (resourceNames.has(name) || name === "resources") continue;
    method(proto, name, function (value) {
      return this.set(name, value);
    });
  }
  for (const name of podSpec === undefined ? [] : ["containers", "initContainers"]) {
    const path = [...podSpec, name];
    const inSpec = path[0] === "spec";
    if (inSpec) path.shift();
    method(proto, name, function (value) {
      const copy = this._copy();
      if (inSpec) {
        copy._spec = undefined;
        copy._parts = setDeep(this._parts, path, value);
      } else {
        copy._fields = setDeep(this._fields, path, value);
      }
      return copy;
    });
  }
  for (const name of spec ?? []) {
    if (resourceNames.has(name)) continue;
    method(proto, name, function (value, ...more) {
      // Of all properties only `resources` takes several values: fragments.
      if (more.length > 0 && name === "resources") value = combined([value, ...more]);
      const copy = this._copy();
      copy._spec = undefined;
      copy._parts = { ...this._parts, [name]: value };
      return copy;
    });
  }
  const empty = { __proto__: proto, ...new _ResourceBuilder(apiVersion, kind) };
  return (init) => (init === undefined ? empty : empty._from(properties(init, title)));
}

// The factory `name` of a module; what it is, is asked for when it is first called.
export function _factory(module, name) {
  let make;
  return (init) => {
    if (make === undefined) {
      const description = host.factory(module, name);
      make = description.kind === undefined
        ? schemaFactory(name, description.properties)
        : resourceFactory(name, description);
    }
    return make(init);
  };
}

// The value that the module `id` was loaded as.
export const _value = (id) => host.value(id);

export function _merge(items) {
  const values = items.filter((item) => item !== undefined && item !== null && item !== false);
  const merged = values.map(shallow).reduce(mergeTwo, {});
  return isBuilder(values[0]) && typeof values[0]._from === "function" ? values[0]._from(merged) : merged;
}

function mergeTwo(first, second) {
  const a = shallow(first);
  const b = shallow(second);
  if (!isPlain(a) || !isPlain(b)) return second;
  const merged = { ...a };
  for (const key of Object.keys(b)) {
    const value = Object.hasOwn(a, key) ? mergeTwo(a[key], b[key]) : b[key];
    defineProperty(merged, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return merged;
}

host.builders({
  schema: _SchemaBuilder.prototype,
  resource: _ResourceBuilder.prototype,
});
