//! Finds the titles that share most grams with a query, and compares each with the query.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Statement};

use super::grams::{Gram, Ranks};

/// Minimum share of the weight of a query's grams that a title must have in common with it.
const MIN_SHARE: f32 = 0.2;
/// Weight of a gram that no title has, on the same scale as the others.
const UNKNOWN: u16 = 12;
/// Maximum weight of a gram: that of one that occurs in one of 32,768 titles. Rarer ones say no more.
const MAX_WEIGHT: u32 = 16;
/// Factor on the score of a title whose name equals the query.
const EXACT_BONUS: f32 = 1.1;

/// A title that was compared with the query.
pub struct Candidate {
    /// The rank by votes.
    pub rank: u32,
    /// The fit of the name, from 0 to 1.
    pub fit: f32,
    /// The fit and the votes combined. The higher, the likelier it is the title that was meant.
    pub score: f32,
}

/// Computes the fit (0 to 1) of a title by its name, original name and year.
pub type Fits<'a> = dyn Fn(&str, Option<&str>, Option<u16>) -> f32 + 'a;

pub struct CandidateFinder<'a> {
    list: Statement<'a>,
    title: Statement<'a>,
    /// The weight of the grams that each title shares with the query, indexed by rank.
    shares: Vec<u16>,
    /// The titles that were compared, keyed by rank.
    pub found: HashMap<u32, Candidate>,
}

impl<'a> CandidateFinder<'a> {
    pub fn new(conn: &'a Connection) -> rusqlite::Result<Self> {
        let max: u32 = conn.query_one("SELECT coalesce(max(rank), 0) FROM titles", [], |row| row.get(0))?;
        Ok(Self {
            list: conn.prepare("SELECT ranks FROM grams WHERE gram = ?1")?,
            title: conn.prepare("SELECT title, original, year, votes FROM titles WHERE rank = ?1")?,
            shares: vec![0; max as usize + 1],
            found: HashMap::new(),
        })
    }

    /// Compares the `limit` most promising titles that share these grams, each gram with its weight. A title that was
    /// compared before keeps the better fit.
    pub fn compare(&mut self, grams: &[(Gram, u16)], limit: usize, fits: &Fits<'_>) -> rusqlite::Result<()> {
        let all = self.share(grams)?;
        for rank in self.likely(all, limit) {
            self.compare_one(rank, fits)?;
        }
        Ok(())
    }

    /// Adds up, for each title, the weight of the grams that it shares. Returns the total weight of all grams.
    fn share(&mut self, grams: &[(Gram, u16)]) -> rusqlite::Result<f32> {
        self.shares.fill(0);
        let max = self.shares.len() as u32 - 1;
        let mut all = 0.0;
        for (gram, times) in grams {
            let mut rows = self.list.query([gram])?;
            let Some(row) = rows.next()? else {
                all += f32::from(UNKNOWN * times);
                continue;
            };
            let ranks = row.get_ref(0)?.as_blob()?;
            // A rare gram weighs more. A rank takes little more than a byte, so the length approximates their number.
            let rarity = (max / (ranks.len() as u32 + 1)).checked_ilog2().unwrap_or(0) + 1;
            let weight = rarity.min(MAX_WEIGHT) as u16 * times;
            all += f32::from(weight);
            for rank in Ranks::new(ranks, max) {
                let share = &mut self.shares[rank as usize];
                *share = share.saturating_add(weight);
            }
        }
        Ok(all)
    }

    /// Returns the ranks of the `limit` titles that are likely to score highest.
    fn likely(&self, all: f32, limit: usize) -> Vec<u32> {
        let mut likely: Vec<(f32, u32)> = Vec::new();
        let least = (all * MIN_SHARE).max(1.0) as u16;
        for (share, rank) in self.shares.iter().zip(0u32..) {
            if *share >= least {
                let share = f32::from(*share) / all;
                // The rank stands in for the logarithm of the votes, which are not read yet.
                likely.push((share * share * (16.0 - (rank as f32).ln()), rank));
            }
        }
        if likely.len() > limit {
            likely.select_nth_unstable_by(limit, |a, b| b.0.total_cmp(&a.0));
            likely.truncate(limit);
        }
        likely.into_iter().map(|(_, rank)| rank).collect()
    }

    fn compare_one(&mut self, rank: u32, fits: &Fits<'_>) -> rusqlite::Result<()> {
        let compared = self.title.query_one([rank], |row| {
            let (title, original) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str_or_null()?);
            let votes: Option<i64> = row.get(3)?;
            Ok((fits(title, original, row.get(2)?), votes.unwrap_or(0).max(0)))
        });
        if let Some((fit, votes)) = compared.optional()? {
            let bonus = if fit >= 1.0 { EXACT_BONUS } else { 1.0 };
            let score = fit.powf(2.5) * (votes as f32 + 20.0).ln() * bonus;
            let candidate = self.found.entry(rank).or_insert(Candidate { rank, fit, score });
            if fit > candidate.fit {
                *candidate = Candidate { rank, fit, score };
            }
        }
        Ok(())
    }
}
