//! The exhaustive search: breadth first over every step from every start, to a fixed point; and random walks, which
//! forget nothing and so go where the search folded two referrals into one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Mutex;

use super::key::{Key, Lane, Shape};
use super::step::{Node, Step, World, steps};
use super::{redirect, rules};
use crate::change::EventKind;
use crate::referral::StateKind;
use crate::task::TaskKind;

/// What was reached, and how often each thing happened.
#[derive(Default)]
pub(super) struct Reached {
    pub(super) states: BTreeMap<StateKind, usize>,
    pub(super) steps: usize,
    pub(super) hits: BTreeMap<(StateKind, EventKind), usize>,
    pub(super) ended: BTreeSet<(TaskKind, EventKind)>,
    pub(super) shapes: HashSet<Shape>,
}

impl Reached {
    fn and(mut self, other: Self) -> Self {
        for (state, times) in other.states {
            *self.states.entry(state).or_default() += times;
        }
        for (hit, times) in other.hits {
            *self.hits.entry(hit).or_default() += times;
        }
        self.steps += other.steps;
        self.ended.extend(other.ended);
        self.shapes.extend(other.shapes);
        self
    }

    /// Takes one step, checks it and where it leads, and counts it; `None` when it was refused.
    fn step(&mut self, worlds: &[World], node: &Node, step: Step) -> Result<Option<Node>, String> {
        let world = &worlds[node.world];
        let Some((next, changes)) = step.follow(node, world) else { return Ok(None) };
        self.steps += 1;
        let Some(changes) = changes else { return Ok(Some(next)) };
        rules::of_step(node, step, &changes, &next)?;
        redirect::introduced_truly(&next)?;
        for event in changes.events() {
            let kind = rules::as_step(event.kind);
            *self.hits.entry((rules::source(node, kind), kind)).or_default() += 1;
        }
        self.count_ended(node, &next, step);
        Ok(Some(next))
    }

    fn count_ended(&mut self, node: &Node, next: &Node, step: Step) {
        let (before, after) = (node.referral.kind(), next.referral.kind());
        let reopened = after == StateKind::Screening && before != after && step != Step::Open;
        let closed = after == StateKind::Closed && before != after;
        let tasks = node.referral.tasks().iter().zip(next.referral.tasks());
        for (task, _) in tasks.filter(|(old, new)| old.is_open() && !new.is_open()) {
            let kind = if reopened { Some(EventKind::Reopened) } else { step.kind() };
            let kind = if task.kind == TaskKind::Tell && closed && step != Step::Die {
                Some(EventKind::Closed)
            } else {
                kind
            };
            self.ended.extend(kind.map(|kind| (task.kind, kind)));
        }
    }
}

struct Graph {
    /// How each state was first reached.
    from: Vec<Option<(usize, Step)>>,
    edges: Vec<(usize, usize)>,
    kinds: Vec<StateKind>,
}

impl Graph {
    fn path(&self, mut at: usize) -> String {
        let mut steps = Vec::new();
        while let Some((from, step)) = self.from[at] {
            steps.push(format!("{step:?}"));
            at = from;
        }
        steps.reverse();
        format!("start {at}: {}", steps.join(", "))
    }

    /// The states from which no closed state can be reached.
    fn stuck(&self) -> Vec<usize> {
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); self.kinds.len()];
        for (from, to) in &self.edges {
            into[*to].push(*from);
        }
        let mut ends: Vec<bool> = self.kinds.iter().map(|kind| *kind == StateKind::Closed).collect();
        let mut queue: Vec<usize> = (0..ends.len()).filter(|at| ends[*at]).collect();
        while let Some(at) = queue.pop() {
            for from in &into[at] {
                if !ends[*from] {
                    ends[*from] = true;
                    queue.push(*from);
                }
            }
        }
        (0..ends.len()).filter(|at| !ends[*at]).collect()
    }
}

/// Every state that can be reached from the starts, each checked by every rule. Starts whose ways never meet are searched
/// side by side.
pub(super) fn search(worlds: &[World], starts: Vec<Node>) -> Result<Reached, String> {
    let mut groups: Vec<(Lane, Vec<Node>)> = Vec::new();
    for start in starts {
        let lane = Lane::of(&start);
        match groups.iter_mut().find(|(known, _)| *known == lane) {
            Some((_, group)) => group.push(start),
            None => groups.push((lane, vec![start])),
        }
    }
    let (left, found) = (Mutex::new(groups), Mutex::new(Ok(Reached::default())));
    let work = || {
        while let Some((_, group)) = { left.lock().unwrap().pop() } {
            let reached = search_lane(worlds, group);
            let mut found = found.lock().unwrap();
            let all = std::mem::replace(&mut *found, Ok(Reached::default()));
            *found = all.and_then(|all| Ok(all.and(reached?)));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap()
}

/// The same, of all of them together, here.
pub(super) fn search_lane(worlds: &[World], starts: Vec<Node>) -> Result<Reached, String> {
    let mut reached = Reached::default();
    let mut graph = Graph { from: Vec::new(), edges: Vec::new(), kinds: Vec::new() };
    let mut known: HashMap<Key, usize> = HashMap::new();
    let mut queue = VecDeque::new();
    let mut found: Vec<(Option<(usize, Step)>, Node)> = starts.into_iter().map(|node| (None, node)).collect();
    loop {
        for (from, node) in found.drain(..) {
            let next = graph.kinds.len();
            let at = *known.entry(Key::of(&node, &worlds[node.world])).or_insert(next);
            graph.edges.extend(from.map(|(from, _)| (from, at)));
            if at == next {
                graph.from.push(from);
                graph.kinds.push(node.referral.kind());
                *reached.states.entry(node.referral.kind()).or_default() += 1;
                let world = &worlds[node.world];
                rules::of_state(&node, world).map_err(|wrong| format!("{wrong}: {}", graph.path(at)))?;
                queue.push_back((at, node));
            }
        }
        let Some((at, node)) = queue.pop_front() else { break };
        for step in steps(&node) {
            let taken = reached.step(worlds, &node, step);
            let taken = taken.map_err(|wrong| format!("{wrong}: {}, {step:?}", graph.path(at)))?;
            found.extend(taken.map(|next| (Some((at, step)), next)));
        }
    }
    if let Some(at) = graph.stuck().first() {
        return Err(format!("no allowed end can be reached: {}", graph.path(*at)));
    }
    reached.shapes = known.into_keys().map(|key| key.shape).collect();
    Ok(reached)
}

/// One way through, step by step: for what is too rare to be met.
pub(super) fn follow(worlds: &[World], start: Node, steps: &[Step]) -> Result<Reached, String> {
    let (mut reached, mut node) = (Reached::default(), start);
    for step in steps {
        let next = reached.step(worlds, &node, *step)?;
        node = next.ok_or_else(|| format!("{step:?} was refused"))?;
        rules::of_state(&node, &worlds[node.world])?;
    }
    Ok(reached)
}

/// A small generator, so that a printed seed gives the same walk everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % limit as u64).unwrap()
    }
}

/// One walk of random steps that are possible, checked like the search. The steps that end everything are thrown again
/// most times, or hardly a walk would see more than the first day.
pub(super) fn walk(reached: &mut Reached, worlds: &[World], start: Node, seed: u64) -> Result<(), String> {
    const LENGTH: usize = 60;
    let mut dice = Dice(seed);
    let (mut node, mut path) = (start, Vec::new());
    while path.len() < LENGTH {
        let choices = steps(&node);
        let step = choices[dice.below(choices.len())];
        let ends = matches!(step, Step::Withdraw | Step::Duplicate { .. } | Step::Die);
        if ends && dice.below(20) > 0 {
            continue;
        }
        let told = |wrong: String| format!("{wrong}: seed {seed}: {path:?}, {step:?}");
        let Some(next) = reached.step(worlds, &node, step).map_err(told)? else { continue };
        rules::of_state(&next, &worlds[next.world]).map_err(told)?;
        *reached.states.entry(next.referral.kind()).or_default() += 1;
        path.push(step);
        node = next;
        reached.shapes.insert(Shape::of(&node));
    }
    Ok(())
}
