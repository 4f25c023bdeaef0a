//! Plots with axes (egui_plot).

pub(crate) use egui_plot::{
    AxisHints, GridInput, GridMark, HLine, Line, LineStyle, Plot, PlotPoints, PlotUi, Points, VLine,
};
