//! The six digits of an app (RFC 6238 over SHA-1), so that people can sign in as people do. For the bench only: nothing
//! here protects anybody.

/// The code of a moment, from the key as it is shown to be typed in; none for a key that is none.
pub fn code(key: &str, unix_seconds: u64) -> Option<String> {
    let mac = hmac(&base32(key)?, &(unix_seconds / 30).to_be_bytes());
    let at = usize::from(mac.last()? & 15);
    let four: [u8; 4] = mac.get(at..at + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000))
}

fn base32(key: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for sign in key.bytes().filter(|sign| !sign.is_ascii_whitespace()) {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'2'..=b'7' => sign - b'2' + 26,
            _ => return None,
        };
        held = (held << 5 | u32::from(value)) & 0xffff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

/// Keys here are shorter than a block.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 20] {
    let mut block = [0_u8; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let padded = |with: u8| block.map(|byte| byte ^ with);
    let inner = sha1(&[&padded(0x36), message].concat());
    sha1(&[padded(0x5c).as_slice(), &inner].concat())
}

#[expect(clippy::many_single_char_names, reason = "as the standard (FIPS 180-4) names them")]
fn sha1(message: &[u8]) -> [u8; 20] {
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend((message.len() as u64 * 8).to_be_bytes());
    let mut state: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded.chunks_exact(64) {
        let mut words: Vec<u32> = block
            .chunks_exact(4)
            .map(|four| four.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)))
            .collect();
        while let Some(next) = words.len().checked_sub(16).filter(|_| words.len() < 80) {
            let of = |back: usize| words.get(next + 16 - back).copied().unwrap_or_default();
            words.push((of(3) ^ of(8) ^ of(14) ^ of(16)).rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (round, word) in words.iter().enumerate() {
            let (mix, constant) = match round / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let next =
                a.rotate_left(5).wrapping_add(mix).wrapping_add(e).wrapping_add(constant).wrapping_add(*word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
        }
        state.iter_mut().zip([a, b, c, d, e]).for_each(|(sum, one)| *sum = sum.wrapping_add(one));
    }
    let mut digest = [0; 20];
    digest.iter_mut().zip(state.iter().flat_map(|word| word.to_be_bytes())).for_each(|(to, from)| *to = from);
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_codes() {
        // RFC 6238, appendix B, the last six of eight digits; the key is "12345678901234567890".
        let key = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";
        for (second, wanted) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code(key, second).as_deref(), Some(wanted));
        }
        assert_eq!(code("not a key!", 59), None);
    }

    #[test]
    fn agrees_with_the_published_digests() {
        let begins = |message: &[u8]| sha1(message).first_chunk().map(|four| u32::from_be_bytes(*four));
        assert_eq!(begins(b"abc"), Some(0xa999_3e36));
        assert_eq!(begins(b""), Some(0xda39_a3ee));
        let long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        assert_eq!(begins(long), Some(0x8498_3e44));
    }
}
