//! A cron expression in plain words.

use super::expression::Expression;

pub(super) fn describe(expression: &Expression) -> String {
    expression.pattern().describe()
}
