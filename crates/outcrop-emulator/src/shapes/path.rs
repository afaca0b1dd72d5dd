//! Where in a body a value stands, and the three ways in which the service writes that.

/// A place in the body, as a chain back to its root.
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Root,
    Member(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The body itself.
    pub(super) const ROOT: Path<'static> = Path {
        parent: None,
        step: Step::Root,
    };

    pub(super) fn then(&'a self, step: Step<'a>) -> Path<'a> {
        Path {
            parent: Some(self),
            step,
        }
    }

    /// The steps from the root on.
    fn steps(&self) -> Vec<Step<'a>> {
        let mut steps = self.parent.map_or_else(Vec::new, Path::steps);
        if !matches!(self.step, Step::Root) {
            steps.push(self.step);
        }
        steps
    }

    fn joined(&self, separator: &str, index: fn(usize) -> String) -> String {
        let steps: Vec<String> = self
            .steps()
            .into_iter()
            .map(|step| match step {
                Step::Member(name) => name.to_owned(),
                Step::Index(number) => index(number),
                Step::Root => String::new(),
            })
            .collect();
        steps.join(separator)
    }

    /// `messages.0.content.1`
    pub(super) fn dotted(&self) -> String {
        self.joined(".", |index| index.to_string())
    }

    /// `#/messages/0/content/1`, and `#` for the body itself.
    pub(super) fn pointer(&self) -> String {
        match self.joined("/", |index| index.to_string()) {
            path if path.is_empty() => "#".to_owned(),
            path => format!("#/{path}"),
        }
    }

    /// `messages.1.member.content.2.member`, as the service's own checks count.
    pub(super) fn members(&self) -> String {
        self.joined(".", |index| format!("{}.member", index + 1))
    }
}
