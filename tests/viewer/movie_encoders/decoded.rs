//! Decoders of the libraries, which compose the frames of animated images.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use mlipview_viewer::app::movie::encode::FrameSize;

/// A decoded movie.
pub(crate) struct Decoded {
    /// Composed frames, RGBA.
    pub(crate) frames: Vec<Vec<u8>>,
    /// Delays, s.
    pub(crate) delays: Vec<f64>,
    /// Number of plays; 0: without end.
    pub(crate) plays: u32,
}

pub(crate) fn decode(path: &Path, size: FrameSize) -> Decoded {
    match path.extension().unwrap().to_str().unwrap() {
        "gif" => decode_gif(path, size),
        "png" => decode_png(path, size),
        _ => decode_webp(path, size),
    }
}

pub(crate) fn decode_gif(path: &Path, size: FrameSize) -> Decoded {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options
        .read_info(BufReader::new(File::open(path).unwrap()))
        .unwrap();
    let mut canvas = vec![0; size.bytes()];
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let [left, top, width] = [frame.left, frame.top, frame.width].map(usize::from);
        let place =
            |at: usize| 4 * ((top + at / width) * size.width() as usize + left + at % width);
        for (at, pixel) in frame.buffer.chunks_exact(4).enumerate() {
            if pixel[3] != 0 {
                canvas[place(at)..][..4].copy_from_slice(pixel);
            }
        }
        frames.push(canvas.clone());
        delays.push(f64::from(frame.delay) / 100.0);
        if frame.dispose == gif::DisposalMethod::Background {
            for at in 0..frame.buffer.len() / 4 {
                canvas[place(at)..][..4].fill(0);
            }
        }
    }
    let plays = match decoder.repeat() {
        gif::Repeat::Infinite => 0,
        gif::Repeat::Finite(repetitions) => u32::from(repetitions) + 1,
    };
    Decoded {
        frames,
        delays,
        plays,
    }
}

pub(crate) fn decode_png(path: &Path, size: FrameSize) -> Decoded {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let control = reader.info().animation_control.unwrap();
    let channels = reader.info().color_type.samples();
    let mut canvas = vec![0; size.bytes()];
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    for _ in 0..control.num_frames {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let frame = *reader.info().frame_control().unwrap();
        assert_eq!(frame.blend_op, png::BlendOp::Source);
        assert_eq!(frame.dispose_op, png::DisposeOp::None);
        let width = frame.width as usize;
        let count = width * frame.height as usize;
        for (at, pixel) in pixels.chunks_exact(channels).take(count).enumerate() {
            let row = frame.y_offset as usize + at / width;
            let column = frame.x_offset as usize + at % width;
            let place = &mut canvas[4 * (row * size.width() as usize + column)..][..4];
            place[3] = 255;
            place[..channels].copy_from_slice(pixel);
        }
        frames.push(canvas.clone());
        delays.push(f64::from(frame.delay_num) / f64::from(frame.delay_den));
    }
    Decoded {
        frames,
        delays,
        plays: control.num_plays,
    }
}

pub(crate) fn decode_webp(path: &Path, size: FrameSize) -> Decoded {
    let file = BufReader::new(File::open(path).unwrap());
    let mut decoder = image_webp::WebPDecoder::new(file).unwrap();
    assert_eq!(decoder.dimensions(), (size.width(), size.height()));
    let plays = match decoder.loop_count() {
        image_webp::LoopCount::Forever => 0,
        image_webp::LoopCount::Times(times) => u32::from(times.get()),
    };
    let (mut frames, mut delays) = (Vec::new(), Vec::new());
    for _ in 0..decoder.num_frames() {
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        delays.push(f64::from(decoder.read_frame(&mut pixels).unwrap()) / 1000.0);
        if !decoder.has_alpha() {
            let opaque = pixels.chunks_exact(3).map(|it| [it[0], it[1], it[2], 255]);
            pixels = opaque.flatten().collect();
        }
        frames.push(pixels);
    }
    Decoded {
        frames,
        delays,
        plays,
    }
}

/// RGBA of a PNG file.
pub(crate) fn decode_picture(path: &Path) -> (Vec<u8>, png::Info<'static>) {
    let decoder = png::Decoder::new(BufReader::new(File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let info = reader.info().clone();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    if info.color_type == png::ColorType::Rgb {
        let opaque = pixels.chunks_exact(3).map(|it| [it[0], it[1], it[2], 255]);
        pixels = opaque.flatten().collect();
    }
    (pixels, info)
}
