//! Small line charts as SVG, beside each other: sizes on a logarithmic axis, values from zero.

use std::fmt::Write as _;

/// One chart.
pub(super) struct Chart {
    pub(super) title: &'static str,
    pub(super) lines: Vec<Line>,
    /// A value that the lines are to stay under, and what it is.
    pub(super) ceiling: Option<(f64, &'static str)>,
}

/// One line, from small sizes to large.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 390.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 44.0;
/// Between two lines of the grid.
const STEPS: [f64; 11] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0];
/// Colours that are seen on white and on black, and told apart without red and green.
const COLOURS: [&str; 3] = ["#3b82f6", "#e07b00", "#8b5cf6"];

/// Readers see the page on white or on black: only texts and lines of the frame differ.
const STYLE: &str = "<style>
text { font: 12px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600; font-size: 13px; fill: #1f2328 }
.grid { stroke: #d0d7de }
.ceiling { stroke: #57606a; stroke-dasharray: 5 4 }
@media (prefers-color-scheme: dark) {
text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #3d444d } .ceiling { stroke: #9198a1 }
}
</style>
";

/// The charts as one picture.
pub(super) fn plot(charts: &[Chart]) -> String {
    let width = WIDTH * charts.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" width=\"{width}\" height=\"{HEIGHT}\">\n{STYLE}"
    );
    for (place, chart) in charts.iter().enumerate() {
        let _ = writeln!(svg, "<g transform=\"translate({} 0)\">", place as f64 * WIDTH);
        chart.draw(&mut svg);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

impl Chart {
    fn draw(&self, svg: &mut String) {
        let top = self.top();
        let sizes = self.sizes();
        let x = |size: f64| {
            let (first, last) = (sizes[0].log10(), sizes[sizes.len() - 1].log10());
            LEFT + (WIDTH - LEFT - RIGHT) * (size.log10() - first) / (last - first).max(1.0)
        };
        let y = |value: f64| HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
        let _ = writeln!(svg, "<text class=\"title\" x=\"{LEFT}\" y=\"18\">{}</text>", self.title);
        for step in 0..=4 {
            let value = top * f64::from(step) / 4.0;
            rule(svg, "grid", y(value));
            label(svg, "end", LEFT - 6.0, y(value) + 4.0, &format!("{value}"));
        }
        for size in &sizes {
            label(svg, "middle", x(*size), HEIGHT - BOTTOM + 18.0, &short(*size));
        }
        label(svg, "middle", WIDTH / 2.0, HEIGHT - 6.0, "contacts");
        if let Some((value, words)) = self.ceiling {
            rule(svg, "ceiling", y(value));
            label(svg, "end", WIDTH - RIGHT, y(value) - 5.0, words);
        }
        for (place, line) in self.lines.iter().enumerate() {
            let points = line.points.iter().map(|(size, value)| (x(*size), y(*value)));
            draw_line(svg, place, &line.name, &points.collect::<Vec<_>>());
        }
    }

    fn sizes(&self) -> Vec<f64> {
        let first =
            self.lines.first().map(|line| line.points.iter().map(|point| point.0).collect());
        first.filter(|sizes: &Vec<f64>| !sizes.is_empty()).unwrap_or_else(|| vec![1.0])
    }

    /// Four round steps up, a number that nothing reaches.
    fn top(&self) -> f64 {
        let values = self.lines.iter().flat_map(|line| line.points.iter().map(|point| point.1));
        let most = values.chain(self.ceiling.map(|(value, _)| value)).fold(0.0, f64::max);
        let step = STEPS.into_iter().find(|step| step * 4.0 > most * 1.05);
        step.unwrap_or(most / 3.0) * 4.0
    }
}

fn draw_line(svg: &mut String, place: usize, name: &str, points: &[(f64, f64)]) {
    let colour = COLOURS[place % COLOURS.len()];
    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let path = path.join(" ");
    let _ = writeln!(
        svg,
        "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{path}\"/>"
    );
    for (x, y) in points {
        let _ = writeln!(svg, "<circle fill=\"{colour}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"/>");
    }
    let left = LEFT + 160.0 * place as f64;
    let _ = writeln!(svg, "<circle fill=\"{colour}\" cx=\"{}\" cy=\"36\" r=\"4\"/>", left + 4.0);
    label(svg, "start", left + 14.0, 40.0, name);
}

fn rule(svg: &mut String, class: &str, y: f64) {
    let right = WIDTH - RIGHT;
    let _ = writeln!(
        svg,
        "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
    );
}

fn label(svg: &mut String, anchor: &str, x: f64, y: f64, text: &str) {
    let _ = writeln!(svg, "<text text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>");
}

/// 1k, 10k, 1M.
fn short(size: f64) -> String {
    match size {
        size if size >= 1e6 => format!("{}M", size / 1e6),
        size if size >= 1e3 => format!("{}k", size / 1e3),
        size => format!("{size}"),
    }
}
