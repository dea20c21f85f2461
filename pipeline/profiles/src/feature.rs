//! One definition of a feature, many prints: the values, the columns of a Parquet file and the reference page.

/// A field's place in the reference.
#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    /// Column name, unit last.
    pub name: &'static str,
    /// Unit or range.
    pub unit: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Whether its values are whole numbers.
    pub whole: bool,
}

/// A feature's page in the reference.
#[derive(Clone, Copy, Debug)]
pub struct FeatureDoc {
    /// The feature's one word.
    pub name: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Why it points to a room.
    pub points_to_a_room: &'static str,
    /// Which innocents show it too.
    pub false_alarms: &'static str,
    /// Its columns.
    pub fields: &'static [FieldDoc],
}

/// A value that may not be observable.
pub trait FieldValue {
    /// Whether values are whole numbers.
    const WHOLE: bool;

    /// The number, or `None` where it is not observable.
    fn number(&self) -> Option<f64>;
}

impl FieldValue for u32 {
    const WHOLE: bool = true;

    fn number(&self) -> Option<f64> {
        Some(f64::from(*self))
    }
}

impl FieldValue for Option<f64> {
    const WHOLE: bool = false;

    fn number(&self) -> Option<f64> {
        *self
    }
}

impl FieldValue for Option<u32> {
    const WHOLE: bool = true;

    fn number(&self) -> Option<f64> {
        self.map(f64::from)
    }
}

/// Declares a feature: its struct, its page and its columns.
macro_rules! declare {
    (
        $name:ident, $word:literal,
        means: $means:literal,
        points_to_a_room: $why:literal,
        false_alarms: $alarms:literal,
        $( $field:ident : $type:ty, $unit:literal, $about:literal; )+
    ) => {
        #[doc = $means]
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $name {
            $( #[doc = $about] #[doc = concat!(" Unit: ", $unit, ".")] pub $field: $type, )+
        }

        impl $name {
            /// The feature's page in the reference.
            pub const DOC: $crate::FeatureDoc = $crate::FeatureDoc {
                name: $word,
                means: $means,
                points_to_a_room: $why,
                false_alarms: $alarms,
                fields: &[ $( $crate::FieldDoc { name: stringify!($field), unit: $unit, about: $about, whole: <$type as $crate::FieldValue>::WHOLE }, )+ ],
            };

            /// The values in the order of the page's columns.
            pub fn numbers(&self, into: &mut Vec<Option<f64>>) {
                $( into.push($crate::FieldValue::number(&self.$field)); )+
            }
        }
    };
}
pub(crate) use declare;
