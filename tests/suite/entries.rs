//! What is wrong with entries, and how it is said.

use husako_test_support::Project;

fn entry(source: &str) -> Project {
    let project = Project::with(&[("husako.toml", "[resources]\n"), ("a.ts", source)]);
    // Nothing of Kubernetes is needed where only the entry itself is wrong.
    project.write("husako.toml", "");
    project
}

fn render(source: &str) -> husako_test_support::Run {
    entry(source).husako(&["render", "a.ts"])
}

#[test]
fn syntax_errors_with_place_and_frame() {
    render("const a = 1;\nconst b: string = ;\n")
        .fails(3, &["a.ts", "--> a.ts:2:19", "const b: string = ;", "^"]);
    // Errors after which a parser could go on are errors too.
    render("const a = 1;\nconst a = 2;\n").fails(3, &["a.ts:2:7"]);
    render("let x = 09n; await = 3;\n").fails(3, &["a.ts:1:"]);
}

#[test]
fn numbers_that_lose_digits() {
    render("const id = 9007199254740993;\n").fails(3, &["a.ts:1:12", "9007199254740993", "hint: "]);
}

#[test]
fn imports_that_lead_nowhere() {
    render("import { x } from \"./missing\";\nx();\n").fails(
        4,
        &["`a.ts` imports `./missing`", "`missing.ts`", "`missing/index.ts`", "--> a.ts:1:19"],
    );
    render("import config from \"./app.config\";\nconfig();\n")
        .fails(4, &["./app.config", "a.ts:1:"]);
    render("import fs from \"node:fs\";\nfs();\n").fails(4, &["node:fs", "Node"]);
    render("import fs from \"fs\";\nfs();\n").fails(4, &["`fs`", "Node"]);
    render("import x from \"left-pad\";\nx();\n").fails(4, &["left-pad", "a.ts:1:"]);
    render("import { Deployment } from \"k8s/app/v1\";\nDeployment();\n")
        .fails(4, &["k8s/app/v1", "did you mean `k8s/apps/v1`"]);
    render("import { Deploymet } from \"k8s/apps/v1\";\nDeploymet();\n")
        .fails(4, &["Deploymet", "k8s/apps/v1", "did you mean `Deployment`"]);
}

#[cfg(unix)]
#[test]
fn imports_stay_in_the_project() {
    let outside = Project::with(&[("x.ts", "export const x = 1;\n")]);
    let name = outside.root().file_name().unwrap().to_str().unwrap().to_owned();
    let project = entry(&format!("import {{ x }} from \"../{name}/x\";\nconsole.log(x);\n"));
    project.husako(&["render", "a.ts"]).fails(4, &["outside the project", "--allow-outside-root"]);
    let link = entry("import { x } from \"./link\";\nconsole.log(x);\n");
    std::os::unix::fs::symlink(outside.path("x.ts"), link.path("link.ts")).unwrap();
    link.husako(&["render", "a.ts"]).fails(4, &["outside the project"]);
    link.write("a.ts", "import { build } from \"husako\";\nimport { x } from \"./link\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: `n${x}` } });\n");
    link.husako(&["render", "a.ts", "--allow-outside-root"]).ok();
}

#[test]
fn what_never_ends_is_ended() {
    for source in [
        "while (true) {}\n",
        "await new Promise(() => {});\n",
        "const f = (): Promise<void> => Promise.resolve().then(f);\nawait f();\n",
        // The engine does not look at the clock inside of this.
        "Array(1e9).sort();\n",
        "/^(a+)+$/.test(\"a\".repeat(40) + \"b\");\n",
    ] {
        let project = entry(source);
        let start = std::time::Instant::now();
        let run = project.husako(&["render", "a.ts", "--timeout-ms", "300"]);
        // A promise that nothing can settle is found out at once.
        run.fails(4, &["a.ts"]);
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "{source}");
    }
    // The engine knows the lines of calls: of an empty loop, that of its function.
    entry("function spin() {\n  while (true) {\n    Math.max(1, 2);\n  }\n}\nspin();\n")
        .husako(&["render", "a.ts", "--timeout-ms", "300"])
        .fails(4, &["execution exceeded 300ms", "a.ts:3:", "a.ts:6:"]);
}

#[test]
fn what_grows_without_end_is_ended() {
    for (source, limit) in [
        ("const a: unknown[] = [];\nfor (;;) a.push(new Array(1000).fill(a.length));\n", "heap"),
        ("const f = (n: number): number => f(n + 1) + 1;\nf(0);\n", "stack"),
        ("\"abc\".repeat(2 ** 30);\n", ""),
        ("new Array(1e9).fill(0);\n", ""),
    ] {
        entry(source)
            .husako(&["render", "a.ts", "--max-heap-mb", "64", "--timeout-ms", "20000"])
            .fails(4, &["a.ts", limit]);
    }
}

#[test]
fn the_contract_of_build() {
    render("export {};\n").fails(7, &["a.ts", "build()"]);
    let config_map = "{ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: \"a\" } }";
    render(&format!(
        "import {{ build }} from \"husako\";\nbuild({config_map});\nbuild({config_map});\n"
    ))
    .fails(7, &["build()", "twice"]);
    render(&format!(
        "import {{ build }} from \"husako\";\nbuild({config_map});\nexport default {config_map};\n"
    ))
    .fails(7, &["default export"]);
    render(&format!("export default async () => [{config_map}];\n")).ok();
    render("import { build } from \"husako\";\nbuild([{ kind: \"ConfigMap\" }]);\n")
        .fails(7, &["doc[0]", "apiVersion"]);
}

#[test]
fn values_that_json_cannot_hold() {
    for (value, name) in [
        ("undefined", "undefined"),
        ("() => 1", "function"),
        ("Symbol(\"x\")", "symbol"),
        ("10n", "bigint"),
        ("new Date(0)", "Date"),
        ("new Map()", "Map"),
        ("new Set()", "Set"),
        ("/x/", "RegExp"),
        ("new (class Point { x = 1 })()", "Point"),
        ("0 / 0", "NaN"),
        ("1 / 0", "Infinity"),
        ("\"\\ud800\"", "surrogate"),
    ] {
        render(&format!(
            "import {{ build }} from \"husako\";\nbuild([{{ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: {{ name: \"a\" }} }}, {{ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: {{ name: \"b\" }}, data: {{ list: [1, {value}] }} }}]);\n"
        ))
        .fails(7, &["doc[1] at $.data.list[1]: ", name]);
    }
    render("import { build } from \"husako\";\nconst a: any = { apiVersion: \"v1\", kind: \"ConfigMap\" };\na.data = { self: a };\nbuild(a);\n")
        .fails(7, &["doc[0] at $.data.self: ", "cycl"]);
    render("import { build } from \"husako\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", data: { get x() { throw new Error(\"no\"); } } });\n")
        .fails(7, &["doc[0] at $.data.x: "]);
    render("import { build } from \"husako\";\nlet deep: any = {};\nfor (let i = 0; i < 1e6; i++) deep = { deep };\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", data: deep });\n")
        .fails(7, &["doc[0] at $.data.deep", "128 levels"]);
}

#[test]
fn hostile_throws_are_shown_safely() {
    render("throw \"x\";\n").fails(4, &["a.ts", "x"]);
    render("throw null;\n").fails(4, &["a.ts", "null"]);
    render("throw { get stack() { throw 1; }, toString() { throw 2; } };\n").fails(4, &["a.ts"]);
    let run = render("throw new Error(\"\\x1b[31mred\\x1b[0m\\u202e\");\n").fails(4, &["red"]);
    assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{}", run.stderr);
}

#[test]
fn stacks_point_into_typescript() {
    let project = Project::with(&[
        ("husako.toml", ""),
        (
            "a.ts",
            "import { fail } from \"./lib\";\n\nconst héllo: string = fail({} as { a: number });\nexport { héllo };\n",
        ),
        (
            "lib.ts",
            "interface Unused {\n  a: number;\n}\nexport function fail(x: Unused): string {\n  throw new Error(`bad ${x.a}`);\n}\n",
        ),
    ]);
    project.husako(&["render", "a.ts"]).fails(4, &["bad undefined", "lib.ts:5:", "a.ts:3:"]);
}

#[test]
fn types_that_are_passed_on_as_values() {
    let project = Project::with(&[
        ("husako.toml", ""),
        ("a.ts", "import { T } from \"./b\";\nexport { T };\nexport default [];\n"),
        ("b.ts", "export type T = string;\n"),
    ]);
    project.husako(&["render", "a.ts"]).fails(4, &["export 'T'", "b.ts", "`export type`"]);
}

#[test]
fn a_rejection_that_nobody_handles() {
    let run = render("import { build } from \"husako\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: \"a\" } });\nPromise.reject(new Error(\"late\"));\n")
        .fails(4, &["late"]);
    assert_eq!(run.stdout, "");
}

#[test]
fn clock_and_chance_are_refused() {
    render("Date.now();\n").fails(4, &["Date.now"]);
    render("Math.random();\n").fails(4, &["Math.random"]);
}

#[test]
fn tricky_strings_stay_what_they_are() {
    let project = Project::with(&[
        ("husako.toml", ""),
        (
            "a.ts",
            "import { build } from \"husako\";\nimport data from \"./data.json\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: \"a\" }, data });\n",
        ),
        (
            "data.json",
            r#"{"a":"no","b":"on","c":"1e3","d":"0o17","e":"2001-01-01","f":"~","g":" x ","h":"\t","i":"\u0000","j":"012","k":"a\nb\n","l":"","m":"1_000"}"#,
        ),
    ]);
    let run = project.husako(&["render", "a.ts"]).ok();
    for line in [
        "a: 'no'",
        "b: 'on'",
        "c: '1e3'",
        "d: '0o17'",
        "e: '2001-01-01'",
        "f: '~'",
        "g: ' x '",
        "j: '012'",
        "k: |\n    a\n    b\n",
        "l: ''",
        "m: '1_000'",
    ] {
        assert!(run.stdout.contains(&format!("  {line}")), "{line} in {}", run.stdout);
    }
    assert!(run.stdout.contains("i: \"\\0\""), "{}", run.stdout);
}

#[test]
fn large_integers_of_files_are_exact() {
    let project = Project::with(&[
        ("husako.toml", ""),
        (
            "a.ts",
            "import { build, toJson, toYaml } from \"husako\";\nimport a from \"./a.json\";\nimport b from \"./b.yaml\";\nbuild({ apiVersion: \"v1\", kind: \"ConfigMap\", metadata: { name: \"a\" }, data: { json: toJson(a), yaml: toYaml(b) } });\n",
        ),
        ("a.json", "{\"id\": 9007199254740993}\n"),
        ("b.yaml", "id: 18446744073709551615\n"),
    ]);
    let run = project.husako(&["render", "a.ts"]).ok();
    assert!(
        run.stdout.contains("9007199254740993") && run.stdout.contains("18446744073709551615"),
        "{}",
        run.stdout
    );
}

#[test]
fn several_violations_at_once() {
    render("import { build } from \"husako\";\nbuild({ apiVersion: \"apps/v1\", kind: \"Deployment\", metadata: { name: \"a\" }, spec: { replicas: \"2\", selectr: {}, template: { spec: { containers: [{ name: \"a\", imagePullPolicy: \"Sometimes\", resources: { limits: { cpu: \"many\" } } }] } } } });\n")
        .fails(7, &["a.ts"])
        .fails(7, &["$.spec.replicas: "])
        .fails(7, &["$.spec.selectr: ", "did you mean `selector`"])
        .fails(7, &["$.spec.selector"])
        .fails(7, &["$.spec.template.spec.containers[0].imagePullPolicy: "])
        .fails(7, &["$.spec.template.spec.containers[0].resources.limits.cpu: "]);
}

#[test]
fn unknown_methods_name_the_nearest_one() {
    render("import { Deployment } from \"k8s/apps/v1\";\n(Deployment() as any)\n  .replicas(1)\n  .selctor({});\n")
        .fails(4, &["no method `selctor`: did you mean `selector`", "a.ts:4:4"]);
}

#[test]
fn files_of_data_that_cannot_be_used() {
    let project = entry("import data from \"./data.yaml\";\nexport default data;\n");
    project.write("data.yaml", "a: 1\nb: 2\na: 3\n");
    project
        .husako(&["render", "a.ts"])
        .fails(4, &["failed to parse `data.yaml` as YAML", "duplicate key", "--> data.yaml:3:1"]);
    project.write("a.ts", "import data from \"./data.json\";\nexport default data;\n");
    project.write("data.json", "{\n  \"a\": ]\n}\n");
    project
        .husako(&["render", "a.ts"])
        .fails(4, &["failed to parse `data.json` as JSON", "--> data.json:2:8"]);
    project.write("a.ts", "import text from \"./data.json\" with { type: \"text\" };\nimport data from \"./data.json\";\nexport default [text, data];\n");
    project.husako(&["render", "a.ts"]).fails(4, &["imported as text and as a value"]);
    project.write("b.ts", [0x63, 0xff, 0x0a]);
    project.husako(&["render", "b.ts"]).fails(4, &["failed to read `b.ts`", "UTF-8"]);
}

#[test]
fn entries_are_modules_of_the_project() {
    let outside = Project::with(&[("x.ts", "export default [];\n")]);
    let project = entry("export default [];\n");
    let path = outside.path("x.ts").display().to_string();
    project
        .husako(&["render", &path])
        .fails(2, &["is outside the project", "--allow-outside-root"]);
    project.husako(&["render", &path, "--allow-outside-root"]).ok();
    project.husako(&["render", "husako.toml"]).fails(2, &["`husako.toml` is not a TypeScript"]);
}

#[test]
fn a_computed_import_has_all_exports() {
    render("const kinds = await import([\"k8s\", \"core\", \"v1\"].join(\"/\"));\nexport default kinds.ConfigMap().metadata({ name: \"a\" });\n").ok();
}

#[test]
fn output_never_replaces_the_project() {
    let project = Project::with(&[("husako.toml", ""), ("a.ts", "export default [];\n")]);
    project.husako(&["generate"]).ok();
    for path in ["husako.toml", "husako.lock", "tsconfig.json", "a.ts", ".husako/types/x.yaml"] {
        project.husako(&["render", "a.ts", "-o", path]).fails(2, &["refused to write", path]);
    }
    assert_eq!(project.read("husako.toml"), "");
}

#[test]
fn an_unknown_entry_names_the_nearest_one() {
    let project = Project::with(&[
        ("husako.toml", "[entries]\nproduction = \"p.ts\"\n"),
        ("q.ts", ""),
        ("p.ts", ""),
    ]);
    project
        .husako(&["render", "produktion"])
        .fails(2, &["no entry or file `produktion`", "did you mean `production`?"]);
    project.husako(&["render", "x*.ts"]).fails(2, &["no file matches `x*.ts`"]);
}
