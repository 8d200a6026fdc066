//! Fields whose names are known only when they are sent: one for each weekday, branch, role or job, and the rows of a table.
use super::errors::{Checker, FieldErrors};
use super::field::{FieldView, Spec};
use super::rule::Rule;
use super::{Form, FormContext, FromPosted, Posted};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

/// What ends the name of such a field: `opens_` and a weekday, `role_in_` and a branch.
pub trait FieldKey: FromStr + Display + Clone + PartialEq {
    /// The field's label for this key, made of the declared one.
    fn label(&self, declared: &str) -> String {
        declared.to_owned()
    }
}

/// What was posted under one beginning, by the whole names.
#[derive(Clone, Default)]
pub struct Named(BTreeMap<String, Vec<String>>);

impl Named {
    /// From keys and their values.
    pub fn of<K: Display>(prefix: &str, values: impl IntoIterator<Item = (K, Vec<String>)>) -> Self {
        let named = values.into_iter();
        Self(
            named
                .map(|(key, values)| (format!("{prefix}{key}"), values))
                .collect(),
        )
    }
    /// What was posted under this beginning.
    pub fn from_posted(posted: &Posted, prefix: &str) -> Self {
        let named = posted.beginning(prefix);
        Self(
            named
                .map(|(name, values)| (name.to_owned(), values.to_vec()))
                .collect(),
        )
    }
    /// The keys that can be read, with everything posted for each; other names are other fields'.
    pub fn keys<K: FieldKey>(&self, prefix: &str) -> Vec<(K, &[String])> {
        let keyed = self.0.iter();
        let keyed = keyed
            .filter_map(|(name, values)| Some((name.strip_prefix(prefix)?.parse().ok()?, values.as_slice())));
        keyed.collect()
    }
    fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The fields of one beginning as a page shows them.
#[derive(Clone)]
pub struct NamedFields {
    prefix: &'static str,
    spec: Spec,
    posted: Named,
    errors: FieldErrors,
}

impl std::fmt::Debug for NamedFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.prefix)
    }
}

impl NamedFields {
    pub fn new(prefix: &'static str, spec: Spec, posted: &Named, errors: &FieldErrors) -> Self {
        let (posted, errors) = (posted.clone(), errors.clone());
        Self {
            prefix,
            spec,
            posted,
            errors,
        }
    }
    /// The field of this key.
    pub fn at<K: FieldKey>(&self, key: &K) -> FieldView {
        let name = format!("{}{key}", self.prefix);
        let (values, error) = (self.posted.all(&name).to_vec(), self.errors.at(&name));
        FieldView::new(&name, self.spec, values, error).label(key.label(self.spec.label))
    }
    /// Whether anything was chosen or refused.
    pub fn is_set(&self) -> bool {
        let mut posted = self.posted.0.iter();
        let refused = self
            .errors
            .list()
            .iter()
            .any(|(name, _)| name.starts_with(self.prefix));
        refused
            || posted.any(|(name, values)| {
                name.starts_with(self.prefix) && values.iter().any(|value| !value.is_empty())
            })
    }
}

impl Checker {
    /// The values of the fields of one beginning; one left empty is none.
    pub fn named<K: FieldKey, R: Rule>(
        &mut self,
        prefix: &str,
        rule: &R,
        posted: &Named,
        context: &FormContext,
    ) -> Option<Vec<(K, R::Value)>> {
        let filled = posted.keys::<K>(prefix).into_iter();
        let filled =
            filled.filter_map(|(key, raw)| Some((key, raw.first().filter(|raw| !raw.trim().is_empty())?)));
        let all: Vec<_> = filled
            .map(|(key, raw)| self.keyed(prefix, key, rule, rule.parse(raw, context)))
            .collect();
        all.into_iter().collect()
    }
    /// As [`Checker::named`], for fields that are posted as `name[]`.
    pub fn named_lists<K: FieldKey, R: Rule>(
        &mut self,
        prefix: &str,
        rule: &R,
        posted: &Named,
        context: &FormContext,
    ) -> Option<Vec<(K, Vec<R::Value>)>> {
        let listed = posted.keys::<K>(prefix).into_iter();
        let parsed = |raw: &[String]| raw.iter().map(|raw| rule.parse(raw, context)).collect();
        let all: Vec<_> = listed
            .map(|(key, raw)| self.keyed(prefix, key, rule, parsed(raw)))
            .collect();
        all.into_iter().collect()
    }
    fn keyed<K: FieldKey, R: Rule, T>(
        &mut self,
        prefix: &str,
        key: K,
        rule: &R,
        parsed: Result<T, super::Problem>,
    ) -> Option<(K, T)> {
        let (name, label) = (format!("{prefix}{key}"), key.label(rule.spec().label));
        Some((key, self.labelled(&name, &rule.spec(), label, parsed)?))
    }
}

/// The fields of one beginning in which another version differs: labels, with the other's values as a person reads them.
pub fn named_differences<K: FieldKey, V: PartialEq>(
    label: &str,
    ours: &[(K, V)],
    theirs: &[(K, V)],
    describe: impl Fn(&V) -> String,
) -> Vec<(String, String)> {
    let of = |all: &[(K, V)], key: &K| all.iter().position(|(other, _)| other == key);
    let changed = theirs
        .iter()
        .filter(|(key, value)| of(ours, key).is_none_or(|at| ours[at].1 != *value));
    let changed = changed.map(|(key, value)| (key.label(label), describe(value)));
    let gone = ours.iter().filter(|(key, _)| of(theirs, key).is_none());
    changed
        .chain(gone.map(|(key, _)| (key.label(label), String::new())))
        .collect()
}

/// The rows of a table: each is a form of its own, whose fields are posted as columns (`quantity[]`).
#[derive(Clone)]
pub struct Rows<F>(pub Vec<F>);

impl<F> Default for Rows<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F: Form> FromPosted for Rows<F> {
    /// As many rows as the longest column has; what another lacks is empty.
    fn from_posted(posted: &Posted) -> Option<Self> {
        let columns = F::NAMES.iter().map(|name| (*name, posted.all(name)));
        let most = columns.clone().map(|(_, cells)| cells.len()).max();
        let row = |at: usize| {
            let cells = columns.clone();
            let cells = cells.filter_map(|(name, cells)| Some((name.to_owned(), cells.get(at)?.to_owned())));
            F::from_posted(&cells.collect())
        };
        (0..most.unwrap_or_default())
            .map(row)
            .collect::<Option<_>>()
            .map(Self)
    }
}

impl<F: Form> Rows<F> {
    /// The values of all rows that are not blank; problems stand at `row.field`.
    ///
    /// # Errors
    /// Every row's problems at once.
    pub fn parse(&self, context: &FormContext) -> Result<Vec<F::Model>, FieldErrors> {
        let mut check = Checker::new();
        let filled = self.0.iter().enumerate().filter(|(_, row)| !row.is_blank());
        let values: Vec<_> = filled
            .map(|(at, row)| check.absorb(row.parse(context).map_err(|errors| errors.in_row(at))))
            .collect();
        check.finish(values.into_iter().collect())
    }
    /// Each row as a page shows it.
    pub fn fields(&self, errors: &FieldErrors) -> Vec<F::Fields> {
        let rows = self.0.iter().enumerate();
        rows.map(|(at, row)| row.fields(&errors.of_row(at))).collect()
    }
}
