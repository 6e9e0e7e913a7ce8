//! Files of pixels: JPEG, PNG, TIFF, decoded in Rust within limits of sides and memory.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::Picture;
use crate::{ReadError, limits};

/// The picture in a file. Transparent pixels are white, as on paper; a camera's note of how it was held is followed.
///
/// # Errors
/// It is damaged or larger than the limits.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Picture, ReadError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(allowed());
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    super::within(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let picture = grey(image)?;
    Ok(match orientation {
        Orientation::Rotate90 | Orientation::Rotate90FlipH => picture.quarter_turned(),
        Orientation::Rotate180 | Orientation::FlipVertical => picture.half_turned(),
        Orientation::Rotate270 | Orientation::Rotate270FlipH => {
            picture.quarter_turned().half_turned()
        }
        Orientation::NoTransforms | Orientation::FlipHorizontal => picture,
    })
}

/// The picture in a JPEG stream of a PDF.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<Picture, ReadError> {
    decode(bytes, ImageFormat::Jpeg)
}

fn allowed() -> Limits {
    let mut allowed = Limits::default();
    allowed.max_image_width = Some(limits::LONGEST);
    allowed.max_image_height = Some(limits::LONGEST);
    allowed.max_alloc = Some(limits::DECODING_BYTES);
    allowed
}

fn refused(error: image::ImageError) -> ReadError {
    match error {
        image::ImageError::Limits(_) => ReadError::HugePicture {
            limit: limits::PIXELS / 1_000_000,
        },
        image::ImageError::Unsupported(_) => ReadError::PictureKind,
        image::ImageError::Decoding(_)
        | image::ImageError::Encoding(_)
        | image::ImageError::Parameter(_)
        | image::ImageError::IoError(_) => ReadError::DamagedPicture,
    }
}

fn grey(image: DynamicImage) -> Result<Picture, ReadError> {
    let (width, height) = (image.width(), image.height());
    let pixels = match image {
        DynamicImage::ImageLuma8(grey) => grey.into_raw(),
        image if image.color().has_alpha() => image
            .into_luma_alpha8()
            .pixels()
            .map(|pixel| over_white(pixel.0))
            .collect(),
        image => image.into_luma8().into_raw(),
    };
    Picture::new(width, height, pixels)
}

fn over_white([light, cover]: [u8; 2]) -> u8 {
    let (light, cover) = (u32::from(light), u32::from(cover));
    u8::try_from((light * cover + 255 * (255 - cover)) / 255).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let pixels = (0..width * height)
            .map(|n| u8::try_from(n % 251).unwrap())
            .collect();
        Picture::new(width, height, pixels).unwrap().png().unwrap()
    }

    #[test]
    fn a_png_comes_back_as_it_went() {
        let picture = decode(&png(7, 5), ImageFormat::Png).unwrap();
        assert_eq!((picture.width(), picture.height()), (7, 5));
        assert_eq!(picture.pixels()[..4], [0, 1, 2, 3]);
    }

    #[test]
    fn damage_is_told_and_never_a_panic() {
        let whole = png(40, 40);
        for keep in [0, 8, 20, 33, whole.len() / 2] {
            assert_eq!(
                decode(&whole[..keep], ImageFormat::Png),
                Err(ReadError::DamagedPicture),
                "{keep}"
            );
        }
        assert!(decode(b"\xff\xd8\xff\xe0nothing", ImageFormat::Jpeg).is_err());
        assert!(decode(b"II*\0\x08\0\0\0", ImageFormat::Tiff).is_err());
    }

    #[test]
    fn huge_sides_are_refused_before_a_pixel_is_decoded() {
        // The header of a picture of 60,000 by 60,000 pixels.
        let mut bytes = png(1, 1);
        bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert!(decode(&bytes, ImageFormat::Png).is_err());
    }

    #[test]
    fn transparent_is_white() {
        assert_eq!(over_white([0, 0]), 255);
        assert_eq!(over_white([0, 255]), 0);
    }
}
