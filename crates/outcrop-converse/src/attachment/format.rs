//! The formats that the service names.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A word of the service's for each format. A word that is not known here is kept.
macro_rules! formats {
    ($(#[$doc:meta])* $name:ident { $($(#[$format_doc:meta])* $word:literal => $format:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$format_doc])* $format,)*
            /// A format that is not known here, as it was written.
            Other(String),
        }

        impl $name {
            /// The words of all formats that are known here (botocore service model).
            pub const KNOWN: &'static [&'static str] = &[$($word),*];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$format => $word,)*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$format,)*
                    _ => Self::Other(word),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

formats! {
    /// The format of an image.
    ImageFormat {
        /// PNG.
        "png" => Png,
        /// JPEG.
        "jpeg" => Jpeg,
        /// GIF.
        "gif" => Gif,
        /// WebP.
        "webp" => Webp,
    }
}

formats! {
    /// The format of a document.
    DocumentFormat {
        /// PDF.
        "pdf" => Pdf,
        /// Comma-separated values.
        "csv" => Csv,
        /// Word, before 2007.
        "doc" => Doc,
        /// Word.
        "docx" => Docx,
        /// Excel, before 2007.
        "xls" => Xls,
        /// Excel.
        "xlsx" => Xlsx,
        /// HTML.
        "html" => Html,
        /// Plain text.
        "txt" => Txt,
        /// Markdown.
        "md" => Md,
    }
}

formats! {
    /// The format of a video.
    VideoFormat {
        /// Matroska.
        "mkv" => Mkv,
        /// QuickTime.
        "mov" => Mov,
        /// MPEG-4.
        "mp4" => Mp4,
        /// WebM.
        "webm" => Webm,
        /// Flash video.
        "flv" => Flv,
        /// MPEG, an elementary stream.
        "mpeg" => Mpeg,
        /// MPEG, a program stream.
        "mpg" => Mpg,
        /// Windows Media.
        "wmv" => Wmv,
        /// 3GP.
        "three_gp" => ThreeGp,
    }
}
