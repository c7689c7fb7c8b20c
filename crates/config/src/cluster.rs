use std::ops::Range;

use indexmap::IndexMap;
use toml_edit::TableLike;

use crate::fields::{Fields, Reading, key_span};
use crate::problem::Problem;
use crate::text::shown;
use crate::url::{RemoteUrl, check_url};

/// Which cluster to ask for its schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClusterAccess {
    /// The API server with this URL.
    Server(RemoteUrl),
    /// The one that this context of the kubeconfig names.
    Context(String),
}

/// The clusters that a configuration names apart from their use: `[cluster]` and
/// `[clusters.NAME]`.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    default: Option<Server>,
    named: IndexMap<String, Server>,
}

/// The API server of a cluster.
#[derive(Clone, Debug)]
enum Server {
    Known(RemoteUrl),
    /// What is wrong is reported already, once.
    Wrong,
}

impl Server {
    fn access(&self) -> Option<ClusterAccess> {
        match self {
            Self::Known(url) => Some(ClusterAccess::Server(url.clone())),
            Self::Wrong => None,
        }
    }
}

impl Clusters {
    pub(crate) fn read(root: &dyn TableLike, reading: &mut Reading<'_>) -> Self {
        let mut clusters = Self::default();
        let span = |key| key_span(root, key, &(0..0));
        if let (Some(_), Some(_)) = (root.get("cluster"), root.get("clusters")) {
            reading.problems.push(
                Problem::new("both `[cluster]` and `[clusters]` are given", span("clusters"))
                    .also(span("cluster"), "the other is here")
                    .hint("give the cluster a name in `[clusters.NAME]` too"),
            );
        }
        if let Some(item) = root.get("cluster")
            && let Some(table) = reading.table("`[cluster]`", item, &span("cluster"))
        {
            clusters.default = Some(server("`[cluster]`", span("cluster"), table, reading));
        }
        if let Some(item) = root.get("clusters")
            && let Some(table) = reading.table("`[clusters]`", item, &span("clusters"))
        {
            for (name, item) in table.iter() {
                let what = format!("cluster `{}`", shown(name));
                let span = key_span(table, name, &span("clusters"));
                let table = reading.table(&what, item, &span);
                let server =
                    table.map_or(Server::Wrong, |table| server(&what, span, table, reading));
                clusters.named.insert(name.to_owned(), server);
            }
        }
        clusters
    }

    /// The cluster of a source: by `server`, `context`, `cluster = "NAME"`, or `[cluster]`.
    pub(crate) fn access(&self, fields: &mut Fields<'_, '_, '_>) -> Option<ClusterAccess> {
        fields.only(&["source", "context", "server", "cluster"]);
        let keys = ["context", "server", "cluster"];
        let given: Vec<&str> =
            keys.into_iter().filter(|key| fields.table.get(key).is_some()).collect();
        if let [_, second, ..] = given.as_slice() {
            let message = format!(
                "{} name the cluster of {} more than once",
                husako_diagnostics::list(given.iter().copied(), usize::MAX),
                fields.what
            );
            let span = key_span(fields.table, second, &fields.span);
            fields.reading.problems.push(Problem::new(message, span).hint("keep one of them"));
            return None;
        }
        match given.first().copied() {
            Some("context") => {
                let field = fields.optional("context");
                let field = fields.checked("context", field, |context| {
                    if context.is_empty() { Err("it is empty") } else { Ok(()) }
                })?;
                Some(ClusterAccess::Context(field.text.to_owned()))
            }
            Some("server") => {
                let server = fields.word("server", |url| check_url(url, &SCHEMES))?;
                Some(ClusterAccess::Server(RemoteUrl::new(&server)))
            }
            Some(_) => self.named(fields),
            None => self.unnamed(fields),
        }
    }

    fn unnamed(&self, fields: &mut Fields<'_, '_, '_>) -> Option<ClusterAccess> {
        if let Some(server) = &self.default {
            return server.access();
        }
        let message = format!("no cluster is named for {}", fields.what);
        fields.reading.problems.push(
            Problem::new(message, fields.span.clone())
                .hint("add `context = \"…\"` (of the kubeconfig) or `server = \"https://…\"`"),
        );
        None
    }

    fn named(&self, fields: &mut Fields<'_, '_, '_>) -> Option<ClusterAccess> {
        let name = fields.optional("cluster")?;
        if let Some(server) = self.named.get(name.text) {
            return server.access();
        }
        let message = format!("unknown cluster `{}` for {}", shown(name.text), fields.what);
        let known: Vec<&str> = self.named.keys().map(String::as_str).collect();
        let problem = Problem::new(message, name.span);
        fields.reading.problems.push(if known.is_empty() {
            problem.hint(format!("add `[clusters.{}]` with its `server`", shown(name.text)))
        } else {
            problem.suggest(name.text, &known)
        });
        None
    }
}

const SCHEMES: [&str; 2] = ["https", "http"];

fn server(
    what: &str,
    span: Range<usize>,
    table: &dyn TableLike,
    reading: &mut Reading<'_>,
) -> Server {
    let mut fields = Fields { what: what.to_owned(), span, table, reading };
    fields.only(&["server"]);
    match fields.word("server", |url| check_url(url, &SCHEMES)) {
        Some(url) => Server::Known(RemoteUrl::new(&url)),
        None => Server::Wrong,
    }
}
