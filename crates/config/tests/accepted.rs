//! What a configuration may say.

#![expect(clippy::unwrap_used, reason = "a failed test is what it means here")]

use std::path::Path;

use husako_config::{
    Chart, ChartSource, ClusterAccess, Config, Plugin, PluginSource, Resource, ResourceSource,
};

fn parse(text: &str) -> Config {
    Config::parse(text, Path::new("/project/husako.toml")).unwrap()
}

fn resource(config: &Config, name: &str) -> ResourceSource {
    config.resources.as_ref().unwrap()[name].source.clone()
}

#[test]
fn every_source() {
    let config = parse(
        r#"
allow_outside_root = true

[entries]
dev = "env/dev.ts"
"Größe 1" = "../shared/x.ts"

[resources]
k8s = { source = "builtin", version = "1.37" }
plain = { source = "builtin" }
core = { source = "release", version = "1.35.0" }
live = { source = "cluster", context = "arn:aws:eks:x/staging" }
other = { source = "cluster", server = "https://me:pw@10.0.0.1:6443" }
cert-manager = { source = "git", repo = "https://github.com/cert-manager/cert-manager", tag = "v1.19.0", path = "deploy/crds" }
mine = { source = "file", path = "../crds" }
remote = { source = "url", url = "https://example.com/crds.yaml" }

[charts.ingress-nginx]
source = "registry"
repo = "https://kubernetes.github.io/ingress-nginx"
chart = "ingress-nginx"
version = "4.11.0"

[charts]
postgresql = { source = "oci", reference = "oci://registry-1.docker.io/bitnamicharts/postgresql", version = "16" }
cm = { source = "artifacthub", package = "cert-manager/cert-manager", version = "v1.16.2" }
local.source = "file"
local.path = "./charts/my-chart"
from-git = { source = "git", repo = "git@github.com:example/charts.git", tag = "release/v1", path = "." }

[plugins]
flux = { source = "path", path = "plugins/flux" }
remote = { source = "git", url = "https://example.com/p.git" }
pinned = { source = "git", url = "https://example.com/p.git", tag = "v1" }
"#,
    );
    assert_eq!(config.root, Path::new("/project"));
    assert!(config.allow_outside_root);
    assert!(config.warnings.is_empty());
    assert_eq!(config.entries["dev"].path, "env/dev.ts");
    assert_eq!(config.entries["dev"].line, 5);
    assert_eq!(config.entries["Größe 1"].path, "../shared/x.ts");

    let names: Vec<&str> = config.resources.as_ref().unwrap().keys().map(String::as_str).collect();
    // In the order of the file.
    assert_eq!(names, ["k8s", "plain", "core", "live", "other", "cert-manager", "mine", "remote"]);
    assert_eq!(
        config.resources.as_ref().unwrap()["k8s"],
        Resource { source: ResourceSource::Builtin { version: Some("1.37".into()) }, line: 9 }
    );
    assert_eq!(resource(&config, "plain"), ResourceSource::Builtin { version: None });
    assert_eq!(resource(&config, "core"), ResourceSource::Release { version: "1.35.0".into() });
    assert_eq!(
        resource(&config, "live"),
        ResourceSource::Cluster { access: ClusterAccess::Context("arn:aws:eks:x/staging".into()) }
    );
    let ResourceSource::Cluster { access: ClusterAccess::Server(server) } =
        resource(&config, "other")
    else {
        panic!("a server was given")
    };
    assert_eq!(server.expose(), "https://me:pw@10.0.0.1:6443");
    let ResourceSource::Git { repo, tag, path } = resource(&config, "cert-manager") else {
        panic!("a repository was given")
    };
    assert_eq!(repo.expose(), "https://github.com/cert-manager/cert-manager");
    assert_eq!((tag.as_str(), path.as_str()), ("v1.19.0", "deploy/crds"));
    assert_eq!(resource(&config, "mine"), ResourceSource::File { path: "../crds".into() });
    assert_eq!(resource(&config, "remote").kind(), "url");

    assert_eq!(
        config.charts.values().map(|chart| chart.source.kind()).collect::<Vec<_>>(),
        ["registry", "oci", "artifacthub", "file", "git"]
    );
    assert_eq!(
        config.charts["local"],
        Chart { source: ChartSource::File { path: "./charts/my-chart".into() }, line: 27 }
    );
    assert_eq!(
        config.plugins["flux"],
        Plugin { source: PluginSource::Path { path: "plugins/flux".into() }, line: 32 }
    );
    let PluginSource::Git { tag, .. } = &config.plugins["pinned"].source else {
        panic!("a repository was given")
    };
    assert_eq!(tag.as_deref(), Some("v1"));

    // A password is not in what is logged.
    assert!(!format!("{config:?}").contains("pw@"));
}

#[test]
fn nothing_at_all() {
    for text in ["", "\u{feff}", "# [charts]\r\n", "[entries]\n[charts]\n[plugins]\n"] {
        let config = parse(text);
        assert_eq!(config.resources, None);
        assert!(config.entries.is_empty() && config.charts.is_empty());
        assert!(!config.allow_outside_root);
    }
    // Asking for nothing is not the same as not asking.
    assert_eq!(parse("[resources]\n").resources, Some(indexmap::IndexMap::default()));
}

#[test]
fn byte_order_mark_moves_nothing() {
    let config = parse("\u{feff}[entries]\r\ndev = \"a.ts\"\r\n");
    assert_eq!(config.entries["dev"].line, 2);
}

/// The forms of the first public version.
#[test]
fn old_forms() {
    let config = parse(
        "[schemas]\nk = { source = \"cluster\" }\n\n[cluster]\nserver = \"https://x:6443\"\n",
    );
    assert_eq!(resource(&config, "k").kind(), "cluster");
    assert_eq!(
        config.warnings,
        ["`[schemas]` in line 1 of `/project/husako.toml` is the old name of `[resources]`"]
    );

    let config = parse(
        "[clusters.dev]\nserver = \"https://x:6443\"\n[clusters.Prod_1]\nserver = \"https://y\"\n\
         [resources]\nk = { source = \"cluster\", cluster = \"Prod_1\" }\n",
    );
    let ResourceSource::Cluster { access: ClusterAccess::Server(server) } = resource(&config, "k")
    else {
        panic!("a server was named")
    };
    assert_eq!(server.expose(), "https://y");
}
