// What few entries need of the builders: a script whose value is a function of `core.js`.
"use strict";
(({ isBuilder, isPlain, shallow, properties: copyOf, setDeep }) => {
  const define = (object, key, value) =>
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });

  function properties(init, title) {
    const object = shallow(init);
    if (!isPlain(object)) throw new TypeError(`${title} takes an object of its properties`);
    return { ...object };
  }

  // The value with all builders in it resolved.
  function plain(value) {
    value = shallow(value);
    if (Array.isArray(value)) return value.map(plain);
    if (!isPlain(value)) return value;
    const copy = { ...value };
    for (const key of Object.keys(copy)) define(copy, key, plain(copy[key]));
    return copy;
  }

  // Requirements given one after the other: the last `requests` and the last `limits` count.
  const combined = (fragments) =>
    Object.assign({}, ...fragments.map((fragment) => copyOf(fragment, "resources()")));

  function requirements(builder, fragments) {
    if (builder._podSpec === undefined) {
      throw new TypeError(`${builder._title} has no pod template, so no container to set the resources of`);
    }
    return combined(fragments);
  }

  // `object` with the requirements of `builder` as the resources of its first container.
  function withRequirements(object, { _podSpec: path, _requirements: requirements }) {
    let podSpec = object;
    for (const key of path) podSpec = shallow(podSpec?.[key]);
    const pod = { ...podSpec };
    const [first, ...others] = pod.containers ?? [];
    const container = { ...shallow(first) };
    container.resources = { ...shallow(container.resources), ...requirements };
    pod.containers = [container, ...others];
    return setDeep(object, path, pod);
  }

  // The resource that `object` describes, as a builder like `builder`.
  function resourceFrom(builder, object, next) {
    const { _apiVersion, _kind } = builder;
    const { apiVersion = _apiVersion, kind = _kind, metadata, spec, ...fields } = object;
    if (apiVersion !== _apiVersion || kind !== _kind) {
      throw new TypeError(`${_kind} of ${_apiVersion} cannot be ${kind} of ${apiVersion}`);
    }
    const parts = spec === undefined ? undefined : copyOf(spec, "spec");
    return next(builder, metadata, undefined, parts, undefined, fields);
  }

  function mergeTwo(first, second) {
    const a = shallow(first);
    const b = shallow(second);
    if (!isPlain(a) || !isPlain(b)) return second;
    const merged = { ...a };
    for (const key of Object.keys(b)) {
      define(merged, key, Object.hasOwn(a, key) ? mergeTwo(a[key], b[key]) : b[key]);
    }
    return merged;
  }

  function merge(items) {
    if (!Array.isArray(items)) throw new TypeError("merge() takes an array");
    // What a condition left out.
    const values = items.filter((item) => item !== undefined && item !== null && item !== false);
    const merged = values.reduce(mergeTwo, {});
    const [first] = values;
    return isBuilder(first) && typeof first._from === "function" ? first._from(merged) : merged;
  }

  return { properties, plain, combined, requirements, withRequirements, resourceFrom, merge };
})
