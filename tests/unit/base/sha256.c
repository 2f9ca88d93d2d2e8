// SPDX-License-Identifier: Apache-2.0
// The examples of FIPS 180-4 and of NIST's test vectors, whole and in pieces.
#include "base/sha256.h"
#include "unit.h"

#include <string.h>

static void the_standards_examples(void) {
    static const struct {
        const char *text, *digest;
    } cases[] = {
        {"", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
         "lmnopqrsmnopqrstnopqrstu",
         "sha256:cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(sha256_of(unit_arena(), str_of(cases[i].text)), cases[i].digest);
}

static void a_million_times_a_in_pieces(void) {
    arena *a = unit_arena();
    char as[1000];
    memset(as, 'a', sizeof as);
    sha256 s;
    sha256_begin(&s);
    size_t left = 1000000;
    for (size_t n = 1; left > 0; n = n % 997 + 1) {
        size_t piece = n < left ? n : left;
        sha256_add(&s, (str){as, piece});
        left -= piece;
    }
    CHECK_STR(sha256_end(&s, a),
              "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int register_sha256(void) {
    static CU_TestInfo tests[] = {
        {"the standard's examples", the_standards_examples},
        {"a million times a, in pieces", a_million_times_a_in_pieces},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("sha256", tests);
}
