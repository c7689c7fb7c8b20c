use super::{Node, Type, TypeId};

/// Drops references that lead back to the same value: a schema that is itself, or itself and
/// more, says of it only what is more.
///
/// What is left ends for every value, because each other way from a type to itself goes into a
/// property or an item.
pub(super) fn break_cycles(types: &mut [Type]) {
    let mut states = vec![State::Unseen; types.len()];
    for id in 0..types.len() {
        if states[id] == State::Unseen {
            visit(types, id, &mut states);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unseen,
    Open,
    Done,
}

/// Depth first, on a stack of its own: a chain of references may be as long as the store.
fn visit(types: &mut [Type], start: usize, states: &mut [State]) {
    let mut stack = vec![(start, enter(types, start, states))];
    while let Some((id, targets)) = stack.last_mut() {
        match targets.pop() {
            Some(next) if states[next] == State::Unseen => {
                stack.push((next, enter(types, next, states)));
            }
            Some(_) => {}
            None => {
                states[*id] = State::Done;
                stack.pop();
            }
        }
    }
}

/// Opens a type, drops its references to open ones, and returns where the others lead.
fn enter(types: &mut [Type], id: usize, states: &mut [State]) -> Vec<usize> {
    states[id] = State::Open;
    let mut targets = Vec::new();
    same_value(&mut types[id].node, &mut |reference| {
        let Some(target) = reference.and_then(|id| usize::try_from(id).ok()) else { return };
        match states.get(target) {
            Some(State::Open) | None => *reference = None,
            Some(State::Unseen) => targets.push(target),
            Some(State::Done) => {}
        }
    });
    targets
}

/// Calls `visit` with each reference that says something of the same value as `node`.
fn same_value(node: &mut Node, visit: &mut impl FnMut(&mut Option<TypeId>)) {
    visit(&mut node.reference);
    let Some(composition) = node.rest.as_mut().and_then(|rest| rest.composition.as_mut()) else {
        return;
    };
    let composition = &mut **composition;
    let lists = [&mut composition.all_of, &mut composition.any_of, &mut composition.one_of];
    lists.into_iter().flatten().for_each(|node| same_value(node, visit));
    if let Some(node) = &mut composition.not {
        same_value(node, visit);
    }
    if let Some((condition, then, otherwise)) = &mut composition.condition {
        same_value(condition, visit);
        then.iter_mut().chain(otherwise).for_each(|node| same_value(node, visit));
    }
}
