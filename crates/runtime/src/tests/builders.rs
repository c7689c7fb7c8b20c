use super::support::{documents, failure, value};

#[test]
fn smoke() {
    assert_eq!(
        documents(
            r#"build([Deployment().metadata(metadata().name("a").label("x", "y")).replicas(2).containers([Container().name("c").resources(requests(cpu(0.25).memory(2)))])]);"#
        ),
        r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"x":"y"}},"spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"250m","memory":"2Gi"}}}]}}}}"#
    );
}
