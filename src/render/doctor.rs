//! The findings about the set-up, one part after another.

use super::{Screen, Tone};
use crate::view::doctor::{Finding, FindingState};

/// Renders the findings, each with its remedy.
pub fn findings(findings: &[Finding], screen: Screen<'_>) -> String {
    let mut out = String::new();
    let mut last = "";
    for finding in findings {
        let (tone, label) = match finding.state {
            FindingState::Ok => (Tone::Plain, ""),
            FindingState::Note => (Tone::Warn, "note: "),
            FindingState::Problem => (Tone::Bad, "problem: "),
        };
        let remedy = finding.remedy.as_ref().map(|remedy| format!(": {remedy}")).unwrap_or_default();
        let name = if finding.part == last { "" } else { finding.part };
        match finding.state {
            // Not wrapped, so that it can be copied.
            FindingState::Ok => {
                out += &screen.fact(name, &finding.text, tone);
                out.extend(finding.remedy.iter().map(|line| format!("  {line}\n")));
            }
            _ => out += &screen.fact(name, &format!("{label}{}{remedy}", finding.text), tone),
        }
        last = finding.part;
    }
    let has = |state| findings.iter().any(|finding| finding.state == state);
    let verdict = match (has(FindingState::Problem), has(FindingState::Note)) {
        (true, _) => return out,
        (false, true) => "no problems",
        (false, false) => "all is well",
    };
    out + "\n" + &screen.fact("", verdict, Tone::Good)
}
