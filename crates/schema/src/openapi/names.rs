//! What the name of a schema tells of where it comes from.

/// Whether the package in `name` is that of a group-version: `io.k8s.api.networking.v1.Ingress`
/// of `networking.k8s.io/v1`, and what all groups share of the core group.
pub(super) fn belongs_to(name: &str, group: &str, version: &str) -> bool {
    let mut parts = name.rsplitn(3, '.');
    let (_kind, own_version, package) = (parts.next(), parts.next(), parts.next());
    let Some(package) = package else { return false };
    if own_version != Some(version) {
        return false;
    }
    let last = package.rsplit('.').next().unwrap_or(package);
    if group.is_empty() {
        return last == "core" || package == "io.k8s.apimachinery.pkg.apis.meta";
    }
    last == group.split('.').next().unwrap_or(group) || package == reversed(group)
}

/// Whether `name` is what a server calls a kind that it knows from a CRD.
pub(super) fn is_of_definition(name: &str, group: &str, version: &str, kind: &str) -> bool {
    let tail = name.strip_suffix(kind).and_then(|rest| rest.strip_suffix('.'));
    let package = tail.and_then(|rest| rest.strip_suffix(version)?.strip_suffix('.'));
    // Groups without a dot are Kubernetes' own.
    group.contains('.') && package.is_some_and(|package| package == reversed(group))
}

/// `cert-manager.io` as `io.cert-manager`.
pub(crate) fn reversed(group: &str) -> String {
    group.rsplit('.').collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::{belongs_to, is_of_definition};

    #[test]
    fn packages_and_groups() {
        assert!(belongs_to("io.k8s.api.networking.v1.Ingress", "networking.k8s.io", "v1"));
        assert!(belongs_to("io.k8s.api.core.v1.Pod", "", "v1"));
        assert!(belongs_to("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", "", "v1"));
        assert!(belongs_to("io.cert-manager.v1.Issuer", "cert-manager.io", "v1"));
        assert!(!belongs_to("io.k8s.api.networking.v1.Ingress", "networking.k8s.io", "v1beta1"));
        assert!(!belongs_to("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", "apps", "v1"));
        assert!(!belongs_to("Foo", "", "v1"));
    }

    #[test]
    fn names_of_custom_kinds() {
        let is = is_of_definition;
        assert!(is("io.cert-manager.v1.Issuer", "cert-manager.io", "v1", "Issuer"));
        assert!(is(
            "io.k8s.networking.gateway.v1.Gateway",
            "gateway.networking.k8s.io",
            "v1",
            "Gateway"
        ));
        assert!(!is("io.k8s.api.networking.v1.Ingress", "networking.k8s.io", "v1", "Ingress"));
        assert!(!is(
            "io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetrics",
            "metrics.k8s.io",
            "v1beta1",
            "PodMetrics"
        ));
        assert!(!is("apps.v1.Deployment", "apps", "v1", "Deployment"));
    }
}
