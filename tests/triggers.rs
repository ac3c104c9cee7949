//! The twenty things that a right polling trigger does, each as a test with its number in the name.

#![cfg(all(feature = "cli", feature = "serve", unix))]
#![allow(clippy::unwrap_used)]

#[path = "triggers/faults.rs"]
mod faults;
#[path = "triggers/given_away.rs"]
mod given_away;
#[path = "triggers/kept.rs"]
mod kept;
#[path = "triggers/point_01.rs"]
mod point_01;
#[path = "triggers/point_02.rs"]
mod point_02;
#[path = "triggers/point_03.rs"]
mod point_03;
#[path = "triggers/point_04.rs"]
mod point_04;
#[path = "triggers/point_05.rs"]
mod point_05;
#[path = "triggers/point_06.rs"]
mod point_06;
#[path = "triggers/point_07.rs"]
mod point_07;
#[path = "triggers/point_08.rs"]
mod point_08;
#[path = "triggers/point_09.rs"]
mod point_09;
#[path = "triggers/point_10.rs"]
mod point_10;
#[path = "triggers/point_11.rs"]
mod point_11;
#[path = "triggers/point_12.rs"]
mod point_12;
#[path = "triggers/point_13.rs"]
mod point_13;
#[path = "triggers/point_14.rs"]
mod point_14;
#[path = "triggers/point_15.rs"]
mod point_15;
#[path = "triggers/point_16.rs"]
mod point_16;
#[path = "triggers/point_17.rs"]
mod point_17;
#[path = "triggers/point_18.rs"]
mod point_18;
#[path = "triggers/point_19.rs"]
mod point_19;
#[path = "triggers/point_20.rs"]
mod point_20;
#[path = "triggers/runs.rs"]
mod runs;
#[path = "triggers/script.rs"]
mod script;
mod support;
#[path = "triggers/watched.rs"]
mod watched;
