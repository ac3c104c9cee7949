//! A way to the decoders alone, for the benchmarks in `benches/` and `xtask/`: bytes to values, exactly
//! as in a script's call, and no script. Only with the feature `bench`, and no promise to anybody.

pub use super::lua::LuaDecoder;
pub use super::rhai::decode_rhai;
