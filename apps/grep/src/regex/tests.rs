//! `#[test]`s of the engine; the suite `rust` runs them on the system.

use super::{Regex, Syntax, Whole};

fn extended(pattern: &str) -> Regex {
    Regex::new(&[pattern], Syntax::Extended, false, Whole::Any).unwrap_or_else(|e| panic!("{pattern}: {e}"))
}

/// The text of the first match.
fn first<'a>(regex: &Regex, line: &'a str) -> Option<&'a str> {
    regex.find_at(line.as_bytes(), 0).map(|span| &line[span.start..span.end])
}

#[test]
fn leftmost_and_longest() {
    for (pattern, line, wanted) in [
        ("abc", "xxabcabc", Some("abc")),
        ("a|ab|abc", "zabcd", Some("abc")),
        ("(a|ab)(c|bcd)", "abcd", Some("abcd")),
        ("x*", "aaxx", Some("")),
        ("x+", "aaxxa", Some("xx")),
        ("a{2,3}", "aaaa", Some("aaa")),
        ("a{2}", "a", None),
        ("a{0}b", "ab", Some("b")),
        ("(ab){1,}c", "ababc", Some("ababc")),
        ("a{,2}b", "aaab", Some("aab")),
        ("colou?r", "my color", Some("color")),
        ("[0-9]+\\.[0-9]*", "pi 3.14!", Some("3.14")),
        ("(a*)*b", "aaab", Some("aaab")),
        ("(a*)+", "b", Some("")),
        ("()|a", "a", Some("a")),
        ("a**", "aaa", Some("aaa")),
        ("", "abc", Some("")),
    ] {
        assert_eq!(first(&extended(pattern), line), wanted, "{pattern} in {line}");
    }
}

#[test]
fn places() {
    for (pattern, line, wanted) in [
        ("^a", "ba", None),
        ("^", "ba", Some("")),
        ("a$", "ab a", Some("a")),
        ("^$", "", Some("")),
        ("\\bfoo\\b", "food foo", Some("foo")),
        ("\\<o", "foo bo", None),
        ("\\Bo+\\>", "foo", Some("oo")),
        ("(^|x)a", "bxa", Some("xa")),
        ("a^b", "a^b", None),
        ("\\w+\\s\\S", "ab  c", None),
        ("\\W\\d", "a-7", Some("-7")),
    ] {
        assert_eq!(first(&extended(pattern), line), wanted, "{pattern} in {line}");
    }
}

#[test]
fn sets() {
    for (pattern, line, wanted) in [
        ("[]a]+", "x]a]", Some("]a]")),
        ("[^]a]+", "]xyz", Some("xyz")),
        ("[a-c-]+", "xb-c", Some("b-c")),
        ("[[:alpha:]_]+", "1é_z2", Some("é_z")),
        ("[[:digit:][:space:]]+", "a1 2b", Some("1 2")),
        ("[^[:upper:]]+", "ABcD", Some("c")),
        ("[[.-.]x]+", "a-x", Some("-x")),
        ("[[=e=]]", "tea", Some("e")),
        ("[\\]", "a\\b", Some("\\")),
        ("[ä-ü]", "aöz", Some("ö")),
    ] {
        assert_eq!(first(&extended(pattern), line), wanted, "{pattern} in {line}");
    }
}

#[test]
fn characters_not_bytes() {
    assert_eq!(first(&extended("^.{3}$"), "日本語"), Some("日本語"));
    assert_eq!(first(&extended("本+"), "日本本語"), Some("本本"));
    let any = extended("^.$");
    assert!(!any.is_match(b"\xff") && !any.is_match(b"\xc3") && any.is_match("é".as_bytes()));
    assert!(extended("b").is_match(b"\xffb\xfe"));
    assert!(!extended("\\bb").is_match("éb".as_bytes()));
}

#[test]
fn case() {
    let regex = |pattern| Regex::new(&[pattern], Syntax::Extended, true, Whole::Any).unwrap();
    assert_eq!(first(&regex("straße|ÉTÉ"), "un été"), Some("été"));
    assert_eq!(first(&regex("[a-c]+"), "xBCa"), Some("BCa"));
    assert_eq!(first(&regex("[[:upper:]]+"), "1aB2"), Some("aB"));
    assert_eq!(first(&regex("[^k]"), "KkK"), None);
}

#[test]
fn basic_patterns() {
    let regex = |pattern| Regex::new(&[pattern], Syntax::Basic, false, Whole::Any).unwrap();
    assert_eq!(first(&regex("a+b?(c){2}|"), "xa+b?(c){2}|"), Some("a+b?(c){2}|"));
    assert_eq!(first(&regex("\\(ab\\)\\{2\\}"), "xababab"), Some("abab"));
    assert_eq!(first(&regex("*a"), "b*a"), Some("*a"));
    assert_eq!(first(&regex("\\(*a\\)"), "b*a"), Some("*a"));
    assert_eq!(first(&regex("^*a"), "*a"), Some("*a"));
    assert_eq!(first(&regex("^^a*"), "^aa"), Some("^aa"));
    assert_eq!(first(&regex("x\\|y\\+"), "ayy"), Some("yy"));
    assert_eq!(first(&regex("a^b$c"), "a^b$c"), Some("a^b$c"));
    assert_eq!(first(&regex("\\(^a\\|b$\\)"), "cb"), Some("b"));
}

#[test]
fn fixed_patterns_and_whole_words() {
    let regex = |patterns: &[&str], whole| Regex::new(patterns, Syntax::Fixed, false, whole).unwrap();
    assert_eq!(first(&regex(&["a.b", "a.bc*"], Whole::Any), "xa.bc*d"), Some("a.bc*"));
    assert_eq!(first(&regex(&["foo"], Whole::Word), "food afoo foo_ foo-"), Some("foo"));
    assert_eq!(regex(&["foo"], Whole::Word).find_at(b"food foo", 0).unwrap().start, 5);
    assert!(!regex(&["foo"], Whole::Line).is_match(b"foo "));
    assert!(!regex(&[], Whole::Any).is_match(b"x"));
}

#[test]
fn wrong_patterns() {
    let deep = "(".repeat(100_000);
    let stars = "a".to_string() + &"?+".repeat(100_000);
    for (pattern, why) in [
        ("(a", "Unmatched ( or \\("),
        ("[a", "Unmatched ["),
        ("[[:alpha", "Unmatched ["),
        ("[[:foo:]]", "class name"),
        ("[b-a]", "range end"),
        ("a\\", "Trailing backslash"),
        ("a{2,1}", "Invalid content"),
        ("a{99999}", "too big"),
        ("((a{1000}){1000}){1000}", "too big"),
        ("(a)\\1", "back-references"),
        ("[:space:]", "character class syntax"),
        (&deep, "inside each other"),
        (&stars, "repetitions"),
    ] {
        match Regex::new(&[pattern], Syntax::Extended, false, Whole::Any) {
            Ok(_) => panic!("{pattern} was accepted"),
            Err(e) => assert!(e.0.contains(why), "{e} lacks {why}"),
        }
    }
    assert!(extended("a{,x}").is_match(b"a{,x}"));
    assert!(extended("a)+").is_match(b"a))"));
    for pattern in ["\\(a", "a\\)", "a\\{1", "a\\{x\\}"] {
        assert!(Regex::new(&[pattern], Syntax::Basic, false, Whole::Any).is_err(), "{pattern}");
    }
}

/// Patterns that take exponential time where they are tried one way after the other.
#[test]
fn hostile_patterns_are_linear() {
    let many = "a".repeat(20_000);
    for pattern in ["(a*)*b", "(a|a)*b", "(a|aa)+$b", "(a?){50}a{50}b", "((a*)*)*b", "(.*)(.*)(.*)(.*)b"] {
        assert!(!extended(pattern).is_match(many.as_bytes()), "{pattern}");
    }
}
