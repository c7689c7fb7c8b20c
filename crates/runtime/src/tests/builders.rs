use super::support::{documents, failure, value};

#[test]
fn setters_make_new_builders() {
    assert_eq!(
        documents(
            r#"const base = Service().type("ClusterIP");
               const one = base.metadata(name("one")).ports([{ port: 1 }]);
               build([base, one, base.selector({ app: "x" })]);"#
        ),
        concat!(
            r#"{"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP"}}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"one"},"spec":{"type":"ClusterIP","ports":[{"port":1}]}}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP","selector":{"app":"x"}}}"#,
        )
    );
}

#[test]
fn builders_and_literals_mix_at_any_depth() {
    assert_eq!(
        value(
            r#"{ a: [Container({ name: "x", resources: requests(cpu(1)) })], b: { c: PodTemplateSpec().metadata(label("k", "v")).spec({ containers: [Container().name("y")] }) } }"#
        ),
        r#"{"a":[{"name":"x","resources":{"requests":{"cpu":"1"}}}],"b":{"c":{"metadata":{"labels":{"k":"v"}},"spec":{"containers":[{"name":"y"}]}}}}"#
    );
    assert_eq!(
        documents(
            r#"build(Deployment({ metadata: metadata().name("a"), spec: { replicas: 1, selector: LabelSelector() } }).replicas(2));"#
        ),
        r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},"spec":{"replicas":2,"selector":{}}}"#
    );
    // A builder may be what a factory starts from.
    assert_eq!(
        value(r#"Container(Container().name("x")).image("y")"#),
        r#"{"name":"x","image":"y"}"#
    );
}

#[test]
fn fragments() {
    for (expression, expected) in [
        ("cpu(1)", r#"{"cpu":"1"}"#),
        ("cpu(0.5)", r#"{"cpu":"500m"}"#),
        ("cpu(2.5)", r#"{"cpu":"2500m"}"#),
        ("cpu(0.1234)", r#"{"cpu":"123m"}"#),
        (r#"cpu("250m").memory("1Gi")"#, r#"{"cpu":"250m","memory":"1Gi"}"#),
        ("memory(2).cpu(1)", r#"{"memory":"2Gi","cpu":"1"}"#),
        ("memory(1.5)", r#"{"memory":"1.5Gi"}"#),
        (
            "requests(cpu(1)).limits(memory(1))",
            r#"{"requests":{"cpu":"1"},"limits":{"memory":"1Gi"}}"#,
        ),
        (r#"requests({ cpu: "1" })"#, r#"{"requests":{"cpu":"1"}}"#),
        ("requests(cpu(1)).requests(memory(1))", r#"{"requests":{"memory":"1Gi"}}"#),
        (
            r#"name("a").namespace("b").label("c", "d").label("e", "f").annotation("g", "h")"#,
            r#"{"name":"a","namespace":"b","labels":{"c":"d","e":"f"},"annotations":{"g":"h"}}"#,
        ),
        (
            r#"labels({ a: "b" }).labels({ c: "d" }).annotations({ e: "f" })"#,
            r#"{"labels":{"a":"b","c":"d"},"annotations":{"e":"f"}}"#,
        ),
        (r#"label("__proto__", "x")"#, r#"{"labels":{"__proto__":"x"}}"#),
        ("metadata()", "{}"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    assert_eq!(
        failure("cpu(NaN)"),
        "TypeError: cpu() takes a number or a quantity such as \"500m\""
    );
}

#[test]
fn merging() {
    for (expression, expected) in [
        (
            r#"merge([name("a").label("x", "1"), name("b").label("y", "2").annotation("k", "v")])"#,
            r#"{"name":"b","labels":{"x":"1","y":"2"},"annotations":{"k":"v"}}"#,
        ),
        (
            r#"merge([name("a"), false, undefined, null, { namespace: "n" }]).label("l", "m")"#,
            r#"{"name":"a","namespace":"n","labels":{"l":"m"}}"#,
        ),
        ("merge([cpu(1), memory(1), cpu(3)])", r#"{"cpu":"3","memory":"1Gi"}"#),
        (
            "merge([requests(cpu(1)), limits(cpu(2))])",
            r#"{"requests":{"cpu":"1"},"limits":{"cpu":"2"}}"#,
        ),
        ("merge([{ a: [1, 2], b: 1 }, { a: [3] }])", r#"{"a":[3],"b":1}"#),
        ("merge([])", "{}"),
        (
            r#"merge([Container().name("a").args(["x"]), Container().image("b")]).args([])"#,
            r#"{"name":"a","args":[],"image":"b"}"#,
        ),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    assert_eq!(
        documents(
            r#"build(merge([Service().type("A").metadata(name("s")), { spec: { ports: [] }, metadata: { labels: { a: "b" } } }]).type("B"));"#
        ),
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"s","labels":{"a":"b"}},"spec":{"type":"B","ports":[]}}"#
    );
    assert_eq!(
        failure("merge([Service(), Deployment()])"),
        "TypeError: Service of v1 cannot be Deployment of apps/v1"
    );
    assert_eq!(failure("merge(name('x'))"), "TypeError: merge() takes an array");
}

/// The spec as a whole and its properties forget each other.
#[test]
fn spec_and_its_properties() {
    for (program, spec) in [
        ("Deployment().spec({ replicas: 3 }).paused(true)", r#"{"paused":true}"#),
        ("Deployment().replicas(3).spec({ paused: true })", r#"{"paused":true}"#),
        ("Deployment().replicas(1).replicas(2)", r#"{"replicas":2}"#),
        ("Deployment().spec(PodSpec().hostNetwork(true))", r#"{"hostNetwork":true}"#),
        ("Deployment().replicas(1).set('spec', { a: 1 }).replicas(2)", r#"{"a":1}"#),
        ("Deployment().replicas(null)", r#"{"replicas":null}"#),
    ] {
        assert_eq!(
            documents(&format!("build({program});")),
            format!(r#"{{"apiVersion":"apps/v1","kind":"Deployment","spec":{spec}}}"#),
            "{program}"
        );
    }
}

#[test]
fn top_level_fields() {
    assert_eq!(
        documents(
            r#"build([
                ConfigMap().data({ a: "b" }).immutable(true),
                ConfigMap().set("data", LabelSelector().matchLabels({})).metadata(name("x")).set("metadata", { name: "y" }),
                ConfigMap({ metadata: { name: "z" }, data: {} }).metadata(null),
                ConfigMap().metadata(name("a")).metadata(label("b", "c")),
            ]);"#
        ),
        concat!(
            r#"{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"b"},"immutable":true}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"y"},"data":{"matchLabels":{}}}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"ConfigMap","data":{}}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"labels":{"b":"c"}}}"#,
        )
    );
}

#[test]
fn containers() {
    for (program, rest) in [
        (
            r#"Deployment().template({ metadata: { labels: {} }, spec: { hostNetwork: true } }).containers([{ name: "c" }])"#,
            r#""spec":{"template":{"metadata":{"labels":{}},"spec":{"hostNetwork":true,"containers":[{"name":"c"}]}}}"#,
        ),
        (
            r#"Deployment().template(PodTemplateSpec().spec(PodSpec().hostNetwork(true))).containers([{ name: "c" }]).initContainers([])"#,
            r#""spec":{"template":{"spec":{"hostNetwork":true,"containers":[{"name":"c"}],"initContainers":[]}}}"#,
        ),
        (
            r#"Deployment().containers([{ name: "c" }]).template({ spec: { hostNetwork: true } })"#,
            r#""spec":{"template":{"spec":{"hostNetwork":true}}}"#,
        ),
        (
            "Deployment().spec({ paused: true }).containers([])",
            r#""spec":{"template":{"spec":{"containers":[]}}}"#,
        ),
        (
            r#"CronJob().schedule("x").containers([])"#,
            r#""spec":{"schedule":"x","jobTemplate":{"spec":{"template":{"spec":{"containers":[]}}}}}"#,
        ),
        (
            "Pod().hostNetwork(true).containers([]).initContainers([])",
            r#""spec":{"hostNetwork":true,"containers":[],"initContainers":[]}"#,
        ),
        (
            "PodTemplate().containers([]).initContainers([])",
            r#""template":{"spec":{"containers":[],"initContainers":[]}}"#,
        ),
    ] {
        let document = documents(&format!("build({program});"));
        assert!(document.ends_with(&format!("{rest}}}")), "{program}: {document}");
    }
}

#[test]
fn resources_of_the_first_container() {
    for (program, spec) in [
        (
            r#"Deployment().containers([Container().name("a").resources(limits(cpu(3))), { name: "b" }]).resources(requests(cpu(1)))"#,
            r#"{"template":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"3"},"requests":{"cpu":"1"}}},{"name":"b"}]}}}"#,
        ),
        (
            // Whenever it is called.
            r#"Deployment().resources(requests(cpu(1)), limits(memory(2))).template(PodTemplateSpec().spec({ containers: [Container().name("q")] }))"#,
            r#"{"template":{"spec":{"containers":[{"name":"q","resources":{"requests":{"cpu":"1"},"limits":{"memory":"2Gi"}}}]}}}"#,
        ),
        (
            r#"Deployment().resources(requests(cpu(1))).resources({ limits: { cpu: "1" } })"#,
            r#"{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"1"}}}]}}}"#,
        ),
        (
            "Deployment().spec({ replicas: 3 }).resources(requests(cpu(1)))",
            r#"{"replicas":3,"template":{"spec":{"containers":[{"resources":{"requests":{"cpu":"1"}}}]}}}"#,
        ),
        (
            "CronJob().resources(requests(cpu(1)))",
            r#"{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"resources":{"requests":{"cpu":"1"}}}]}}}}}"#,
        ),
        // A property of the spec with that name goes first; it takes fragments too.
        (
            "Pod().resources(requests(cpu(1)), limits(cpu(2)))",
            r#"{"resources":{"requests":{"cpu":"1"},"limits":{"cpu":"2"}}}"#,
        ),
        (
            r#"Pod().resources({ requests: { cpu: "1" } })"#,
            r#"{"resources":{"requests":{"cpu":"1"}}}"#,
        ),
    ] {
        let document = documents(&format!("build({program});"));
        assert!(document.ends_with(&format!(r#""spec":{spec}}}"#)), "{program}: {document}");
    }
    assert_eq!(
        failure("Service().resources(requests(cpu(1)))"),
        "TypeError: Service has no pod template, so no container to set the resources of"
    );
}

#[test]
fn plain_objects_of_builders() {
    assert_eq!(
        value(r#"Container().name("x").resources(requests(cpu(1)))._toJSON()"#),
        r#"{"name":"x","resources":{"requests":{"cpu":"1"}}}"#
    );
    assert_eq!(value("Service().metadata(name('x'))._render().metadata.name"), r#""x""#);
    assert_eq!(
        value("JSON.stringify([Service().metadata(name('x')), Container()])"),
        r#""[{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"x\"}},{}]""#
    );
    // A copy: changing it changes no builder.
    assert_eq!(
        value(
            "(() => { const c = Container().env([{ name: 'a' }]); c._toJSON().env[0].name = 'b'; return c; })()"
        ),
        r#"{"env":[{"name":"a"}]}"#
    );
}

#[test]
fn odd_property_names() {
    assert_eq!(
        documents(
            r#"build(Odd().spec({ a: 1 }).set("extra", 1).top("spec's").resources("r").constructor("c").__proto__("p"));"#
        ),
        r#"{"apiVersion":"odd/v1","kind":"Odd","spec":{"top":"spec's","resources":"r","constructor":"c","__proto__":"p"},"extra":1}"#
    );
    assert_eq!(
        value(
            r#"Nested().set(1).constructor(2).__proto__(3)["my-key"](4)._set("then", 5)._set("_toJSON", 6)"#
        ),
        r#"{"set":1,"constructor":2,"__proto__":3,"my-key":4,"then":5,"_toJSON":6}"#
    );
    // An async function may return a builder whose kind has a property `then`.
    assert_eq!(
        documents("const odd = await (async () => Odd())(); build(odd);"),
        r#"{"apiVersion":"odd/v1","kind":"Odd"}"#
    );
}

#[test]
fn unknown_methods() {
    for (program, message) in [
        ("Container().nam('x')", "TypeError: Container has no method `nam`: did you mean `name`?"),
        (
            "Deployment().replica(1)",
            "TypeError: Deployment has no method `replica`: did you mean `replicas`?",
        ),
        ("Service().containers([])", "TypeError: Service has no method `containers`"),
        (
            "Deployment().metadatas({})",
            "TypeError: Deployment has no method `metadatas`: did you mean `metadata`?",
        ),
        (
            "metadata().nmae('x')",
            "TypeError: metadata() has no method `nmae`: did you mean `name`?",
        ),
        ("Odd().status({})", "TypeError: Odd has no method `status`"),
        (
            "new (class Mine extends _ResourceBuilder { interval() {} })('v1', 'Mine').intervall()",
            "TypeError: Mine has no method `intervall`: did you mean `interval`?",
        ),
        ("Container('x')", "TypeError: Container takes an object of its properties"),
        ("Container(null)", "TypeError: Container takes an object of its properties"),
        (
            "Deployment({ kind: 'Job' })",
            "TypeError: Deployment of apps/v1 cannot be Job of apps/v1",
        ),
    ] {
        assert_eq!(failure(program), message, "{program}");
    }
    // What only looks is answered.
    assert_eq!(
        value(
            "[Container().then, Container().inspect, Container()._private, 'name' in Container(), 'x' in Container(), String(Container()), Container()[Symbol.toStringTag]].map(String)"
        ),
        r#"["undefined","undefined","undefined","true","false","[object Object]","undefined"]"#
    );
}

#[test]
fn classes_of_plugins() {
    assert_eq!(
        documents(
            r#"class Mine extends _ResourceBuilder {
                 extra = [1];
                 constructor() { super("a/v1", "Mine"); }
                 foo(v) { return this._setSpec("foo", v); }
                 deep(v) { return this._setDeep("a.b.c", v); }
                 more() { const copy = this._copy(); copy.extra = [...this.extra, 2]; return copy; }
               }
               class Part extends _SchemaBuilder { bar(v) { return this._set("bar", v); } }
               class Own extends _ResourceBuilder { constructor() { super("b/v1", "Own"); } _render() { return { ...super._render(), own: true }; } }
               const mine = new Mine().metadata(name("x")).foo(new Part().bar([new Part()])).deep(1).deep(2).more();
               build([mine, mine.set("extra", mine.extra), new Own(), { _render: () => raw({ duck: true }) }, new _ResourceBuilder("v1", "Z", { spec: { a: 1 } })]);"#
        ),
        concat!(
            r#"{"apiVersion":"a/v1","kind":"Mine","metadata":{"name":"x"},"spec":{"foo":{"bar":[{}]},"a":{"b":{"c":2}}}}"#,
            "\n",
            r#"{"apiVersion":"a/v1","kind":"Mine","metadata":{"name":"x"},"spec":{"foo":{"bar":[{}]},"a":{"b":{"c":2}}},"extra":[1,2]}"#,
            "\n",
            r#"{"apiVersion":"b/v1","kind":"Own","own":true}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"Raw","duck":true}"#,
            "\n",
            r#"{"apiVersion":"v1","kind":"Z","spec":{"a":1}}"#,
        )
    );
    assert_eq!(
        value(
            "[Deployment() instanceof _ResourceBuilder, Container() instanceof _SchemaBuilder, Container() instanceof _ResourceBuilder, new (class A extends _SchemaBuilder {})() instanceof _SchemaBuilder, Container() instanceof class B extends _SchemaBuilder {}]"
        ),
        "[true,true,false,true,false]"
    );
    assert_eq!(value("[{ _toJSON: () => ({ a: Container() }) }]"), r#"[{"a":{}}]"#);
}
