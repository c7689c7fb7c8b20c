#![allow(missing_docs)]
mod support;
#[test]
fn measure() {
    let Some(corpus) = support::corpus() else { return };
    let out = std::env::var("OUT").ok();
    let mut jobs = vec![("v1.34".to_owned(), support::server_model(&corpus.join("openapi/v1.34")))];
    if std::env::var("ALL").is_ok() {
        jobs.push((
            "v1.34-all".to_owned(),
            support::server_model(&corpus.join("openapi/v1.34-all")),
        ));
        for e in std::fs::read_dir(corpus.join("crds")).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() {
                let mut m = support::crd_model(&p);
                m.complete_from(&jobs[0].1);
                jobs.push((p.file_name().unwrap().to_string_lossy().into_owned(), m));
            }
        }
    }
    for (name, mut model) in jobs {
        let t0 = std::time::Instant::now();
        husako_schema::layout::hoist(&mut model);
        let t1 = std::time::Instant::now();
        let layout = husako_schema::Layout::new(&model);
        let t2 = std::time::Instant::now();
        let mut files = husako_dts::generate(&model, &layout);
        let mut best = t2.elapsed();
        for _ in 0..5 {
            let t = std::time::Instant::now();
            files = husako_dts::generate(&model, &layout);
            best = best.min(t.elapsed());
        }
        let size: usize = files.iter().map(|f| f.contents.len()).sum();
        let longest =
            layout.modules.values().flat_map(|m| m.exports.keys()).max_by_key(|n| n.len());
        eprintln!(
            "{name}: schemas {} hoist {:?} layout {:?} dts {:?} files {} bytes {} longest {:?}",
            model.schemas.len(),
            t1 - t0,
            t2 - t1,
            best,
            files.len(),
            size,
            longest
        );
        if let Some(out) = &out {
            support::write(&std::path::Path::new(out).join(&name), &files);
        }
    }
}
