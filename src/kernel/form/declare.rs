//! `form!`: a field is named once.

/// Declares a form. One line a field gives the string that the browser sends, the value it is parsed into, its label in the page and in
/// sentences, its control, and what two versions differ in.
///
/// ```ignore
/// form! {
///     /// A customer as typed.
///     pub struct CustomerForm shows CustomerFields;
///     /// A customer, about to be written.
///     #[derive(Clone, Debug)]
///     pub struct NewCustomer {
///         name: String = line("Name", 120).required(),
///         /// A list is posted as `tags[]`.
///         tags[]: Vec<Tag> = choice::<Tag>("Tags"),
///     }
///     with { version, key }
///     parts { grant: GrantForm }
/// }
/// ```
/// `with` names strings that are no part of the value: the page's version, the key against double clicks, which button was pressed.
/// `parts` are other forms within this one, `maybe` those that are read only where a function of the whole form says so
/// (`owner: CustomerForm => names_somebody_new`). `rows` are tables: each row is a form, whose fields are posted as columns (`quantity[]`), and
/// one that is `blank when` its own function says so counts for nothing. `each` are fields whose names end in a key that the page chooses:
/// `roles "role_in_" by BranchId: RoleKey = …` is posted as `role_in_brn_…`.
/// `tidied by` names a function that puts the form right before it is read (`fn(&mut Form)`),
/// `checked by` one for rules about several fields (`fn(&Form, Option<&mut Model>, &mut Checker, &FormContext)`; there is a value when each field alone
/// is right).
#[macro_export]
macro_rules! form {
    (
        $(#[$form_meta:meta])*
        $form_vis:vis struct $form:ident shows $fields:ident;
        $(#[$model_meta:meta])*
        $model_vis:vis struct $model:ident {
            $($(#[$field_meta:meta])* $field:ident $([$($list:tt)?])? : $value:ty = $rule:expr),* $(,)?
        }
        $(with { $($(#[$extra_meta:meta])* $extra:ident),* $(,)? })?
        $(parts { $($(#[$part_meta:meta])* $part:ident : $part_form:ty),* $(,)? })?
        $(maybe { $($(#[$maybe_meta:meta])* $maybe:ident : $maybe_form:ty => $needed:path),* $(,)? })?
        $(rows { $($(#[$rows_meta:meta])* $rows:ident : $row_form:ty),* $(,)? })?
        $(each {
            $($(#[$each_meta:meta])* $each:ident $([$($each_list:tt)?])? $prefix:literal by $key:ty : $each_value:ty = $each_rule:expr),* $(,)?
        })?
        $(tidied by $tidy:path;)?
        $(checked by $checks:path;)?
        $(blank when $blank:path;)?
    ) => {
        $(#[$form_meta])*
        #[derive(Clone, Default)]
        $form_vis struct $form {
            $($(#[$field_meta])* pub $field: $crate::form!(@raw $([$($list)?])?),)*
            $($($(#[$extra_meta])* pub $extra: String,)*)?
            $($($(#[$part_meta])* pub $part: $part_form,)*)?
            $($($(#[$maybe_meta])* pub $maybe: $maybe_form,)*)?
            $($($(#[$rows_meta])* pub $rows: $crate::kernel::form::Rows<$row_form>,)*)?
            $($($(#[$each_meta])* pub $each: $crate::kernel::form::Named,)*)?
        }

        impl std::fmt::Debug for $form {
            /// What people type is theirs: it gets into no log.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($form))
            }
        }

        impl $crate::kernel::form::FromPosted for $form {
            fn from_posted(posted: &$crate::kernel::form::Posted) -> Option<Self> {
                let _ = posted;
                Some(Self {
                    $($field: $crate::form!(@posted posted, $crate::kernel::form::wire_name(stringify!($field)), $([$($list)?])?),)*
                    $($($extra: posted.one(stringify!($extra))?,)*)?
                    $($($part: $crate::kernel::form::FromPosted::from_posted(posted)?,)*)?
                    $($($maybe: $crate::kernel::form::FromPosted::from_posted(posted)?,)*)?
                    $($($rows: $crate::kernel::form::FromPosted::from_posted(posted)?,)*)?
                    $($($each: $crate::kernel::form::Named::from_posted(posted, $prefix),)*)?
                })
            }
        }

        $(#[$model_meta])*
        $model_vis struct $model {
            $($(#[$field_meta])* pub $field: $value,)*
            $($($(#[$part_meta])* pub $part: <$part_form as $crate::kernel::form::Form>::Model,)*)?
            $($($(#[$maybe_meta])* pub $maybe: Option<<$maybe_form as $crate::kernel::form::Form>::Model>,)*)?
            $($($(#[$rows_meta])* pub $rows: Vec<<$row_form as $crate::kernel::form::Form>::Model>,)*)?
            $($($(#[$each_meta])* pub $each: Vec<($key, $each_value)>,)*)?
        }

        #[doc = concat!("The fields of [`", stringify!($form), "`] as a page shows them.")]
        #[derive(Clone, Debug)]
        $form_vis struct $fields {
            $(pub $field: $crate::kernel::form::FieldView,)*
            $($(pub $extra: $crate::kernel::form::FieldView,)*)?
            $($(pub $part: <$part_form as $crate::kernel::form::Form>::Fields,)*)?
            $($(pub $maybe: <$maybe_form as $crate::kernel::form::Form>::Fields,)*)?
            $($(pub $rows: Vec<<$row_form as $crate::kernel::form::Form>::Fields>,)*)?
            $($(pub $each: $crate::kernel::form::NamedFields,)*)?
        }

        const _: () = {
            use $crate::kernel::form::rule::*;
            use $crate::kernel::form::{Checker, FieldErrors, FieldSet, FieldView, Form, FormContext, Model, wire_name};

            // A form may have no fields of its own.
            const _: (Kind, fn(&'static str) -> &'static str) = (Kind::Text, wire_name);

            impl Form for $form {
                type Model = $model;
                type Fields = $fields;
                const NAMES: &'static [&'static str] = &[$(wire_name(stringify!($field)),)* $($(stringify!($extra),)*)?];

                fn parse(&self, context: &FormContext) -> Result<$model, FieldErrors> {
                    let mut check = Checker::new();
                    check.absorb(Ok(()));
                    let (form, _) = (self, context);
                    $(let mut tidied = form.clone();
                    $tidy(&mut tidied);
                    let form = &tidied;)?
                    $(let $field = $crate::form!(@parse check, context, form.$field, wire_name(stringify!($field)), $rule, $([$($list)?])?);)*
                    $($(let $part = check.absorb(Form::parse(&form.$part, context));)*)?
                    $($(let $maybe = if $needed(form) {
                        check.absorb(Form::parse(&form.$maybe, context)).map(Some)
                    } else {
                        Some(None)
                    };)*)?
                    $($(let $rows = check.absorb(form.$rows.parse(context));)*)?
                    $($(let $each = $crate::form!(@named check, context, form.$each, $prefix, $each_rule, $([$($each_list)?])?);)*)?
                    let whole = || Some($model { $($field: $field?,)* $($($part: $part?,)*)? $($($maybe: $maybe?,)*)? $($($rows: $rows?,)*)? $($($each: $each?,)*)? });
                    let value = whole();
                    $(let mut value = value;
                    $checks(form, value.as_mut(), &mut check, context);)?
                    let _ = form;
                    check.finish(value)
                }
                fn of(value: &$model, context: &FormContext) -> Self {
                    let _ = (value, context);
                    Self {
                        $($field: $crate::form!(@format context, &value.$field, $rule, $([$($list)?])?),)*
                        $($($part: Form::of(&value.$part, context),)*)?
                        $($($maybe: value.$maybe.as_ref().map(|part| Form::of(part, context)).unwrap_or_default(),)*)?
                        $($($rows: $crate::kernel::form::Rows(value.$rows.iter().map(|row| Form::of(row, context)).collect()),)*)?
                        $($($each: $crate::kernel::form::Named::of(
                            $prefix,
                            value.$each.iter().map(|(key, value)| (key, $crate::form!(@format_all context, value, $each_rule, $([$($each_list)?])?))),
                        ),)*)?
                        $($($extra: String::new(),)*)?
                    }
                }
                fn fields(&self, errors: &FieldErrors) -> $fields {
                    let _ = errors;
                    $fields {
                        $($field: FieldView::new(
                            wire_name(stringify!($field)),
                            Rule::spec(&$rule),
                            $crate::form!(@values self.$field, $([$($list)?])?),
                            errors.at(wire_name(stringify!($field))),
                        ),)*
                        $($($extra: FieldView::hidden(stringify!($extra), self.$extra.clone()),)*)?
                        $($($part: self.$part.fields(errors),)*)?
                        $($($maybe: self.$maybe.fields(errors),)*)?
                        $($($rows: self.$rows.fields(errors),)*)?
                        $($($each: $crate::kernel::form::NamedFields::new($prefix, Rule::spec(&$each_rule), &self.$each, errors),)*)?
                    }
                }
                fn set(&mut self, name: &str, value: &str) {
                    let _ = (name, value);
                    $($(if name == stringify!($extra) {
                        value.clone_into(&mut self.$extra);
                    })*)?
                }
                $(fn is_blank(&self) -> bool {
                    $blank(self)
                })?
            }

            impl FieldSet for $fields {
                fn all(&self) -> Vec<&FieldView> {
                    let all = [$(&self.$field,)* $($(&self.$extra,)*)?].into_iter();
                    $($(let all = all.chain(self.$part.all());)*)?
                    all.collect()
                }
            }

            impl Model for $model {
                fn differences(&self, other: &Self, context: &FormContext) -> Vec<(String, String)> {
                    let _ = (other, context);
                    let mut differences: Vec<(String, String)> = Vec::new();
                    $(if self.$field != other.$field {
                        let theirs = $crate::form!(@describe context, &other.$field, $rule, $([$($list)?])?);
                        differences.push((context.locale.word(Rule::spec(&$rule).label).to_owned(), theirs));
                    })*
                    $($(differences.extend(self.$part.differences(&other.$part, context));)*)?
                    $($(if let (Some(ours), Some(theirs)) = (&self.$maybe, &other.$maybe) {
                        differences.extend(ours.differences(theirs, context));
                    })*)?
                    $($(differences.extend($crate::kernel::form::named_differences(
                        Rule::spec(&$each_rule).label,
                        &self.$each,
                        &other.$each,
                        |value| $crate::form!(@describe context, value, $each_rule, $([$($each_list)?])?),
                    ));)*)?
                    differences.extend(std::iter::empty());
                    differences
                }
                fn facts(&self, context: &FormContext) -> Vec<(String, String)> {
                    let _ = context;
                    let mut facts: Vec<(String, String)> = vec![$((
                        context.locale.word(Rule::spec(&$rule).label).to_owned(),
                        $crate::form!(@describe context, &self.$field, $rule, $([$($list)?])?),
                    ),)*];
                    $($(facts.extend(self.$part.facts(context));)*)?
                    $($(facts.extend($crate::kernel::form::named_differences(
                        Rule::spec(&$each_rule).label,
                        &[],
                        &self.$each,
                        |value| $crate::form!(@describe context, value, $each_rule, $([$($each_list)?])?),
                    ));)*)?
                    facts.retain(|(_, words)| !words.is_empty());
                    facts
                }
            }
        };
    };

    (@named $check:ident, $context:ident, $raw:expr, $prefix:expr, $rule:expr, ) => {
        $check.named($prefix, &$rule, &$raw, $context)
    };
    (@named $check:ident, $context:ident, $raw:expr, $prefix:expr, $rule:expr, []) => {
        $check.named_lists($prefix, &$rule, &$raw, $context)
    };
    (@format_all $context:ident, $value:expr, $rule:expr, ) => { vec![Rule::format(&$rule, $value, $context)] };
    (@format_all $context:ident, $value:expr, $rule:expr, []) => {
        $value.iter().map(|value| Rule::format(&$rule, value, $context)).collect()
    };
    (@posted $posted:ident, $name:expr, ) => { $posted.one($name)? };
    (@posted $posted:ident, $name:expr, []) => { $posted.many($name)? };
    (@raw) => { String };
    (@raw []) => { Vec<String> };
    (@parse $check:ident, $context:ident, $raw:expr, $name:expr, $rule:expr, ) => {
        $check.field($name, &$rule, &$raw, $context)
    };
    (@parse $check:ident, $context:ident, $raw:expr, $name:expr, $rule:expr, []) => {
        $check.list($name, &$rule, &$raw, $context)
    };
    (@format $context:ident, $value:expr, $rule:expr, ) => { Rule::format(&$rule, $value, $context) };
    (@format $context:ident, $value:expr, $rule:expr, []) => {
        $value.iter().map(|value| Rule::format(&$rule, value, $context)).collect()
    };
    (@describe $context:ident, $value:expr, $rule:expr, ) => { Rule::describe(&$rule, $value, $context) };
    (@describe $context:ident, $value:expr, $rule:expr, []) => {
        $value.iter().map(|value| Rule::describe(&$rule, value, $context)).collect::<Vec<_>>().join(", ")
    };
    (@values $raw:expr, ) => { vec![$raw.clone()] };
    (@values $raw:expr, []) => { $raw.clone() };
}
