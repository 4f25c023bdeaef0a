//! Plots with axes (egui_plot).

pub(crate) use egui_plot::{
    AxisHints, Bar, BarChart, GridInput, GridMark, HLine, Line, LineStyle, Plot, PlotPoints,
    PlotUi, Points, VLine,
};
