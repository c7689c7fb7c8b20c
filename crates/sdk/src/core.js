// The builders. Every entry that uses one parses this, so what few entries need is in `rare.js`,
// and what a kind needs is made when the kind is first used.
const { host } = import.meta;
const objectPrototype = Object.prototype;
const { defineProperty, getPrototypeOf } = Object;

let loaded;
const rare = () => (loaded ??= host.rare()(core));

// Names that code looks up just to find out what a value is.
const probed = ["then", "inspect", "asymmetricMatch", "nodeType", "$$typeof"];

// A method that a builder does not have fails when it is called: the engine knows the place of a
// call, but not that of a look.
const missing = (builder, key) =>
  key[0] === "_" || probed.includes(key) ? undefined : () => host.unknown(builder, key);

// The last prototype of every builder: only names that no builder has arrive here.
const unknown = new Proxy(objectPrototype, {
  get: (target, key, receiver) =>
    typeof key === "symbol" || key in target ? Reflect.get(target, key, receiver) : missing(receiver, key),
});

export function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  const proto = getPrototypeOf(value);
  return proto === objectPrototype || proto === null;
}

export const isBuilder = (value) =>
  typeof value === "object" && value !== null && typeof value._toJSON === "function";

// The object that a builder stands for, with the builders in it left as they are.
export function shallow(value) {
  if (!isBuilder(value)) return value;
  return typeof value._plain === "function" ? value._plain() : value._toJSON();
}

// A copy of the object of properties that `title` was given.
export const properties = (init, title) => (isPlain(init) ? { ...init } : rare().properties(init, title));

// A copy of `object` with `value` at the end of `path`; what stands in the way is replaced.
export function setDeep(object, path, value) {
  const root = { ...object };
  let current = root;
  for (const key of path.slice(0, -1)) {
    const inner = shallow(current[key]);
    current = current[key] = isPlain(inner) ? { ...inner } : {};
  }
  current[path.at(-1)] = value;
  return root;
}

export const schemaPrototype = {
  __proto__: unknown,
  _title: undefined,
  _props: undefined,
  _copy() {
    return { __proto__: getPrototypeOf(this), ...this };
  },
  _set(key, value) {
    return { __proto__: getPrototypeOf(this), ...this, _props: { ...this._props, [key]: value } };
  },
  _plain() {
    return this._props;
  },
  _from(object) {
    return { __proto__: getPrototypeOf(this), ...this, _props: object };
  },
  _toJSON() {
    return rare().plain(this);
  },
  _render() {
    return this._toJSON();
  },
  toJSON() {
    return this._toJSON();
  },
};

// A copy of a resource builder with another state: `spec` is the spec as a whole, or else `parts`
// has its properties; `fields` go over all else.
function next(from, metadata, spec, parts, requirements, fields) {
  const proto = getPrototypeOf(from);
  const state = {
    __proto__: proto,
    _metadata: metadata,
    _spec: spec,
    _parts: parts,
    _requirements: requirements,
    _fields: fields,
  };
  // An instance of a plugin's class may have fields of its own.
  return proto._title === undefined ? { __proto__: proto, ...from, ...state } : state;
}

export const resourcePrototype = {
  __proto__: unknown,
  _title: undefined,
  _apiVersion: undefined,
  _kind: undefined,
  _metadata: undefined,
  _spec: undefined,
  _parts: undefined,
  _requirements: undefined,
  _fields: undefined,
  // The way to the pod spec.
  _podSpec: ["spec", "template", "spec"],
  _copy() {
    return { __proto__: getPrototypeOf(this), ...this };
  },
  metadata(value) {
    return next(this, value, this._spec, this._parts, this._requirements, this._fields);
  },
  spec(value) {
    return next(this, this._metadata, value, undefined, this._requirements, this._fields);
  },
  set(key, value) {
    const fields = { ...this._fields, [key]: value };
    return next(this, this._metadata, this._spec, this._parts, this._requirements, fields);
  },
  resources(...fragments) {
    const requirements = rare().requirements(this, fragments);
    return next(this, this._metadata, this._spec, this._parts, requirements, this._fields);
  },
  _setSpec(key, value) {
    const parts = { ...this._parts, [key]: value };
    return next(this, this._metadata, undefined, parts, this._requirements, this._fields);
  },
  _setDeep(path, value) {
    const parts = setDeep(this._parts, path.split("."), value);
    return next(this, this._metadata, undefined, parts, this._requirements, this._fields);
  },
  _plain() {
    const object = { apiVersion: this._apiVersion, kind: this._kind };
    if (this._metadata !== undefined && this._metadata !== null) object.metadata = this._metadata;
    const spec = this._parts ?? this._spec;
    if (spec !== undefined && spec !== null) object.spec = spec;
    if (this._fields !== undefined) Object.assign(object, this._fields);
    return this._requirements === undefined ? object : rare().withRequirements(object, this);
  },
  _from(object) {
    return rare().resourceFrom(this, object, next);
  },
  _toJSON() {
    return rare().plain(this);
  },
  _render() {
    return this._toJSON();
  },
  toJSON() {
    return this._toJSON();
  },
};

// Gives a prototype a method, whatever its name.
export const method = (proto, name, value) =>
  defineProperty(proto, name, { value, writable: true, configurable: true });

// The prototype of builders of a nested object with properties `names`.
export function schema(title, names) {
  const proto = { __proto__: schemaPrototype, _title: title };
  for (const name of names) {
    method(proto, name, function (value) {
      return { __proto__: proto, _props: { ...this._props, [name]: value } };
    });
  }
  return proto;
}

function schemaFactory(title, names) {
  const proto = schema(title, names);
  const empty = { __proto__: proto, _props: {} };
  return (init) => (init === undefined ? empty : { __proto__: proto, _props: properties(init, title) });
}

function resourceFactory(title, { apiVersion, kind, fields, spec, podSpec }) {
  const proto = { __proto__: resourcePrototype, _title: title, _apiVersion: apiVersion, _kind: kind, _podSpec: podSpec };
  for (const name of fields) {
    method(proto, name, function (value) {
      return this.set(name, value);
    });
  }
  for (const name of podSpec === undefined ? [] : ["containers", "initContainers"]) {
    const path = [...podSpec.slice(1), name];
    method(proto, name, podSpec[0] === "spec" ? function (value) {
      const parts = setDeep(this._parts, path, value);
      return next(this, this._metadata, undefined, parts, this._requirements, this._fields);
    } : function (value) {
      return this.set(podSpec[0], setDeep(shallow(this._fields?.[podSpec[0]]), path, value));
    });
  }
  for (const name of spec) {
    method(proto, name, name === "resources" ? function (...values) {
      return this._setSpec(name, values.length === 1 ? values[0] : rare().combined(values));
    } : function (value) {
      const parts = { ...this._parts, [name]: value };
      return next(this, this._metadata, undefined, parts, this._requirements, this._fields);
    });
  }
  const empty = next({ __proto__: proto });
  return (init) => (init === undefined ? empty : empty._from(properties(init, title)));
}

// The factory `name` of a module. What it makes is asked for when it is first called.
export function factory(module, name) {
  let make;
  return (init) => {
    if (make === undefined) {
      const description = host.factory(module, name);
      make = description.kind === undefined
        ? schemaFactory(name, description.fields)
        : resourceFactory(name, description);
    }
    return make(init);
  };
}

export const merge = (items) => rare().merge(items);

const core = { isBuilder, isPlain, shallow, properties, setDeep };

// What the host knows builders by. It reads the list by index.
host.builders([
  schemaPrototype._toJSON,
  schemaPrototype._render,
  resourcePrototype._toJSON,
  resourcePrototype._render,
  resourcePrototype._plain,
]);
