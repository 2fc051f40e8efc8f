//! The ethnic group a person says they belong to. Source: NHS Data Dictionary, ETHNIC CATEGORY CODE (data §3.1).

use serde::{Deserialize, Serialize};

/// A national ethnic category. "Asked, and not stated" is an answer; where nobody asked there is none (code 99).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum EthnicCategory {
    /// White – British.
    #[serde(rename = "A")]
    WhiteBritish,
    /// White – Irish.
    #[serde(rename = "B")]
    WhiteIrish,
    /// White – any other White background.
    #[serde(rename = "C")]
    WhiteOther,
    /// Mixed – White and Black Caribbean.
    #[serde(rename = "D")]
    MixedCaribbean,
    /// Mixed – White and Black African.
    #[serde(rename = "E")]
    MixedAfrican,
    /// Mixed – White and Asian.
    #[serde(rename = "F")]
    MixedAsian,
    /// Mixed – any other mixed background.
    #[serde(rename = "G")]
    MixedOther,
    /// Asian or Asian British – Indian.
    #[serde(rename = "H")]
    Indian,
    /// Asian or Asian British – Pakistani.
    #[serde(rename = "J")]
    Pakistani,
    /// Asian or Asian British – Bangladeshi.
    #[serde(rename = "K")]
    Bangladeshi,
    /// Asian or Asian British – any other Asian background.
    #[serde(rename = "L")]
    AsianOther,
    /// Black or Black British – Caribbean.
    #[serde(rename = "M")]
    Caribbean,
    /// Black or Black British – African.
    #[serde(rename = "N")]
    African,
    /// Black or Black British – any other Black background.
    #[serde(rename = "P")]
    BlackOther,
    /// Chinese.
    #[serde(rename = "R")]
    Chinese,
    /// Any other ethnic group.
    #[serde(rename = "S")]
    Other,
    /// Asked, and not stated.
    #[serde(rename = "Z")]
    NotStated,
}

impl EthnicCategory {
    /// Every category, in the order of the national list.
    pub const ALL: [Self; 17] = [
        Self::WhiteBritish,
        Self::WhiteIrish,
        Self::WhiteOther,
        Self::MixedCaribbean,
        Self::MixedAfrican,
        Self::MixedAsian,
        Self::MixedOther,
        Self::Indian,
        Self::Pakistani,
        Self::Bangladeshi,
        Self::AsianOther,
        Self::Caribbean,
        Self::African,
        Self::BlackOther,
        Self::Chinese,
        Self::Other,
        Self::NotStated,
    ];

    /// The national code.
    pub fn code(self) -> &'static str {
        match self {
            Self::WhiteBritish => "A",
            Self::WhiteIrish => "B",
            Self::WhiteOther => "C",
            Self::MixedCaribbean => "D",
            Self::MixedAfrican => "E",
            Self::MixedAsian => "F",
            Self::MixedOther => "G",
            Self::Indian => "H",
            Self::Pakistani => "J",
            Self::Bangladeshi => "K",
            Self::AsianOther => "L",
            Self::Caribbean => "M",
            Self::African => "N",
            Self::BlackOther => "P",
            Self::Chinese => "R",
            Self::Other => "S",
            Self::NotStated => "Z",
        }
    }

    /// The one with this national code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The group it is counted in where single categories would be too few to be shown.
    pub fn group(self) -> EthnicGroup {
        match self {
            Self::WhiteBritish => EthnicGroup::WhiteBritish,
            Self::WhiteIrish | Self::WhiteOther => EthnicGroup::WhiteOther,
            Self::MixedCaribbean | Self::MixedAfrican | Self::MixedAsian | Self::MixedOther => {
                EthnicGroup::Mixed
            }
            Self::Indian | Self::Pakistani | Self::Bangladeshi | Self::AsianOther => EthnicGroup::Asian,
            Self::Caribbean | Self::African | Self::BlackOther => EthnicGroup::Black,
            Self::Chinese | Self::Other => EthnicGroup::Other,
            Self::NotStated => EthnicGroup::NotStated,
        }
    }
}

/// The groups of the national list, with the majority apart, and the two ways not to know kept apart: not stated, not recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EthnicGroup {
    /// White British.
    WhiteBritish,
    /// White Irish, and any other White background.
    WhiteOther,
    /// Mixed.
    Mixed,
    /// Asian or Asian British.
    Asian,
    /// Black or Black British.
    Black,
    /// Chinese, and any other group.
    Other,
    /// Asked, and not stated.
    NotStated,
    /// Nobody asked, or it was left out.
    NotRecorded,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_its_national_code_and_is_stored_by_it() {
        let codes: String = EthnicCategory::ALL.iter().map(|one| one.code()).collect();
        assert_eq!(codes, "ABCDEFGHJKLMNPRSZ", "I, O and Q are left out, and 99 is no answer");
        for one in EthnicCategory::ALL {
            assert_eq!(EthnicCategory::from_code(one.code()), Some(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.code());
        }
        assert_eq!(EthnicCategory::from_code("99"), None);
        assert_eq!(EthnicCategory::from_code(""), None);
    }
}
