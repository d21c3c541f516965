//! What may be copied from a PDF: the dictionary keys that draw (ISO 32000-1, chapters 8, 9 and 11). A key that is not
//! here is dropped wherever it stands, so that new and unknown things are dropped too.

/// A list of keys, divided by blanks.
#[derive(Clone, Copy)]
pub(super) struct Keys(&'static str);

impl Keys {
    /// Each key.
    pub(super) fn each(self) -> impl Iterator<Item = &'static [u8]> {
        self.0.split_ascii_whitespace().map(str::as_bytes)
    }

    /// Whether `key` is one of them.
    pub(super) fn has(self, key: &[u8]) -> bool {
        self.each().any(|one| one == key)
    }
}

/// Keys of a page that the new page keeps; `Annots` is rebuilt apart.
pub(super) const PAGE: Keys = Keys("MediaBox CropBox Rotate UserUnit Resources Contents Group BleedBox");

/// Keys of a page that it may inherit from the page tree.
pub(super) const INHERITED: Keys = Keys("MediaBox CropBox Rotate Resources");

/// Kinds of resources; under each, names chosen by the file lead to what they name. Not `Properties` (notes on marked
/// content and layers) and not `ProcSet` (obsolete).
pub(super) const RESOURCES: Keys = Keys("Font XObject ExtGState ColorSpace Pattern Shading");

/// Keys under which names chosen by the file lead to what they name, outside of resources.
pub(super) const NAMED: Keys = Keys("CharProcs Colorants");

/// Keys whose strings are needed: they say how a font's characters are numbered.
pub(super) const STRINGS: Keys = Keys("Registry Ordering");

/// Whether a dictionary or stream that is reached through a page's resources may keep `key`.
pub(super) fn draws(key: &[u8]) -> bool {
    [COMMON, XOBJECT, STATE, FUNCTION, PATTERN, SHADING, FONT, DESCRIPTOR, COLOUR].iter().any(|keys| keys.has(key))
}

const COMMON: Keys = Keys("Type Subtype Resources Group");

/// Forms, pictures, transparency groups. Not `F` (a file outside), `Ref`, `OPI`, `Alternates`, `PS`, `Metadata`,
/// `PieceInfo`, `LastModified`, `StructParents`, `ID`, `Measure`, `PtData`.
const XOBJECT: Keys = Keys(
    "FormType BBox Matrix Width Height BitsPerComponent ColorSpace ImageMask Mask SMask Decode \
     Interpolate Intent Matte S CS I K Name",
);

const STATE: Keys = Keys("LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 FL SM SA BM CA ca AIS TK G BC SMask");

const FUNCTION: Keys = Keys("FunctionType Domain Range Size BitsPerSample Order Encode C0 C1 N");

const PATTERN: Keys = Keys("PatternType PaintType TilingType XStep YStep Shading ExtGState Functions");

const SHADING: Keys = Keys(
    "ShadingType Background AntiAlias Function Coords Extend BitsPerCoordinate BitsPerFlag \
     VerticesPerRow Bounds",
);

const FONT: Keys = Keys(
    "BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix \
     CharProcs DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap BaseEncoding Differences \
     CMapName WMode UseCMap Registry Ordering Supplement",
);

const DESCRIPTOR: Keys = Keys(
    "FontName Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth \
     MaxWidth MissingWidth FontFile FontFile2 FontFile3 FontStretch FontWeight Length1 Length2 \
     Length3 CIDSet",
);

const COLOUR: Keys = Keys("WhitePoint BlackPoint Gamma Colorants Process Components Solidities");

/// Keys of a filter's parameters.
pub(super) const FILTER_PARAMETERS: Keys = Keys(
    "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows \
     EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform",
);

/// Annotations that a person puts on a page to be seen. Not links, pop-ups, sounds, films, 3-D, files, screens, marks
/// of printers.
pub(super) const ANNOTATIONS: Keys = Keys(
    "Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut \
     Stamp Caret Ink Redact Widget",
);

/// Keys of an annotation that the new one keeps; its appearance is rebuilt apart. Not `T` (who), `M` (when), `NM`,
/// `CreationDate`, `RC`, `Popup`, `A`, `AA`, `Dest`, `FS`, `P`, `Subj`.
pub(super) const ANNOTATION: Keys = Keys("Rect C IC CA Border BS BE QuadPoints InkList L LE Vertices RD Name Q");

/// Keys inside `BS` and `BE`.
pub(super) const BORDER: Keys = Keys("Type W S D I");
