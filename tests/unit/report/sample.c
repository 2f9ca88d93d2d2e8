// SPDX-License-Identifier: Apache-2.0
#include "sample.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static str texts_of_ways[] = {STR_C("feature.models = [=candidate.model]")};

static report_way ways[] = {
    {.title = STR_C("Run the feature here on a partner's filed model"),
     .role = STR_C("filed-model-provider"),
     .lead_time = STR_C("P3M"),
     .sets = {texts_of_ways, 1}},
    {.title = STR_C("File the model through a company of your own in the mainland"),
     .lead_time = STR_C("P5M2W")},
    {.title = STR_C("Leave the feature out here"),
     .drop = STR_C("feature"),
     .lead_time = STR_C("P0D")},
    {.title = STR_C("Ask a lawyer"), .lead_time = STR_C("P0D"), .advice = true},
};

static report_sanction sanctions[] = {
    {STR_C("order to correct; suspension of the service"), STR_C("Art. 21")}};

static report_condition conditions[] = {
    {.role = STR_C("binds"), .text = STR_C("provides")},
    {.role = STR_C("applies"), .text = STR_C("model.kind == 'generative'")},
    {.role = STR_C("applies"), .text = STR_C("shapes_opinion(feature)")},
    {.role = STR_C("except"),
     .title = STR_C("not offered to the public"),
     .cites = STR_C("Art. 2(3)"),
     .text = STR_C("!public_here")},
    {.role = STR_C("requires"), .joint = STR_C("any")},
    {.role = STR_C("requires"),
     .depth = 1,
     .title = STR_C("its number is on the list"),
     .text = STR_C("listed('filed-models', model)")},
    {.role = STR_C("requires"), .depth = 1, .text = STR_C("market.pilot")},
};

static report_term terms[] = {
    {.name = STR_C("provides"),
     .title = STR_C("we provide the service"),
     .cites = STR_C("Art. 22(2)"),
     .text = STR_C("'offers' in product.activities")},
    {.name = STR_C("shapes_opinion(f)"),
     .question = STR_C("Can this feature shape public opinion?"),
     .text = STR_C("f.does.exists(d, d in ['chat', 'text-generation'])")},
};

static str effective[] = {STR_C("from 2023-08-15")};

static report_rule rules[] = {
    {.id = STR_C("QQ-AI-17"),
     .policy = STR_C("QQ-AI"),
     .title = STR_C("A model that serves the public is filed and on the list"),
     .chapter = STR_C("The model that answers the public"),
     .cites = STR_C("Art. 17; notice of 2024-04-02"),
     .url = STR_C("https://law.example/2024-04/02/c_1713729983803145.htm"),
     .note = STR_C("Filing goes through the provincial office, and the copy here is partial."),
     .basis = STR_C("practice"),
     .kind = STR_C("registration"),
     .severity = STR_C("blocker"),
     .file = STR_C("rules/qq/ai.yaml"),
     .line = 41,
     .reviewed_on = STR_C("2026-11-22"),
     .confidence = STR_C("medium"),
     .recheck = STR_C("2027-05-22"),
     .conditions = conditions,
     .condition_count = COUNT(conditions),
     .terms = terms,
     .term_count = COUNT(terms),
     .ways = ways,
     .way_count = COUNT(ways),
     .sanctions = sanctions,
     .sanction_count = COUNT(sanctions),
     .effective = {effective, 1}},
    // A title that would turn and recolour the reader's terminal.
    {.id = STR_C("QQ-AI-18"),
     .policy = STR_C("QQ-AI"),
     .title = STR_C("Minors \x1b[31mare\x07 kept from \u202egnippohs\u202c by a mode "
                    "of their own"),
     .cites = STR_C("Art. 18"),
     .basis = STR_C("regulation"),
     .kind = STR_C("obligation"),
     .severity = STR_C("minor"),
     .file = STR_C("rules/qq/ai.yaml"),
     .line = 80,
     .reviewed_on = STR_C("2026-11-22"),
     .confidence = STR_C("high")},
    {.id = STR_C("QQ-LABEL-4"),
     .policy = STR_C("QQ-LABEL"),
     .title = STR_C("Generated pictures carry a visible label"),
     .cites = STR_C("Art. 4"),
     .basis = STR_C("standard"),
     .kind = STR_C("label"),
     .severity = STR_C("major"),
     .file = STR_C("rules/qq/label.yaml"),
     .line = 12},
};

static report_policy policies[] = {
    {.id = STR_C("QQ-AI"),
     .name = STR_C("Interim Measures for Generative Services"),
     .native = STR_C("生成式服务管理暂行办法"),
     .number = STR_C("Order No. 15 (2023)"),
     .kind = STR_C("regulation"),
     .url = STR_C("https://law.example/15"),
     .jurisdiction = STR_C("QQ"),
     .status = STR_C("in force since 2023-08-15")},
    {.id = STR_C("QQ-LABEL"),
     .name = STR_C("Labels \"on\" pictures"),
     .kind = STR_C("standard"),
     .url = STR_C("https://law.example/label"),
     .jurisdiction = STR_C("QQ")},
};

#define AT(l, c, e, p, t)                                                                          \
    {                                                                                              \
        .file = STR_C("launch.yaml"), .line = (l), .column = (c), .end_line = (l),                 \
        .end_column = (e), .path = STR_C(p), .text = STR_C(t)                                      \
    }

static report_reason own_model[] = {
    {.path = STR_C("models[afm].registrations"),
     .value = STR_C("none"),
     .exact = true,
     .at = {.file = STR_C("launch.yaml"),
            .line = 12,
            .column = 20,
            .end_line = 12,
            .end_column = 24}},
    {.path = STR_C("operator"),
     .value = STR_C("apple"),
     .exact = true,
     .at =
         {.file = STR_C("launch.yaml"), .line = 4, .column = 11, .end_line = 4, .end_column = 16}},
};

static report_reason missing[] = {
    {.path = STR_C("audience.minors"),
     .exact = true,
     .ask =
         STR_C("Are minors among the users, and does the product expect, invite or exclude them?")},
    {.path = STR_C("QQ-AI.shapes_opinion"),
     .exact = false,
     .open_term = true,
     .ask = STR_C("Can this feature shape public opinion?")},
};

static report_finding findings[] = {
    {.id = 0,
     .market = STR_C("QQ"),
     .place = STR_C("QQ"),
     .rule = STR_C("QQ-AI-17"),
     .subject = STR_C("image/afm"),
     .outcome = STR_C("violated"),
     .severity = STR_C("blocker"),
     .at = AT(19, 18, 21, "features[image].models[0]", "    models: 阿里 [afm]  # 画"),
     .because = {own_model, 1},
     .from = STR_C("2023-08-15")},
    {.id = 1,
     .market = STR_C("QQ"),
     .place = STR_C("QQ"),
     .rule = STR_C("QQ-AI-17"),
     .subject = STR_C("writing/afm"),
     .outcome = STR_C("violated"),
     .severity = STR_C("blocker"),
     .at = AT(15, 10, 13, "features[writing].models[0]", "\tmodels:\tafm"),
     .because = {own_model, 2},
     .from = STR_C("2023-08-15"),
     .presumed = STR_C("QQ-AI.shapes_opinion")},
    {.id = 2,
     .market = STR_C("QQ"),
     .place = STR_C("QQ"),
     .rule = STR_C("QQ-AI-18"),
     .outcome = STR_C("undetermined"),
     .severity = STR_C("minor"),
     .at = AT(6, 1, 9, "audience", "audience:"),
     .needs = {missing, 2},
     .from = STR_C("2023-08-15")},
    {.id = 3,
     .market = STR_C("QQ"),
     .place = STR_C("QQ"),
     .rule = STR_C("QQ-LABEL-4"),
     .subject = STR_C("image"),
     .outcome = STR_C("upcoming"),
     .severity = STR_C("major"),
     .at = AT(17, 9, 14, "features[image]", "  - id: image"),
     .from = STR_C("2027-09-01"),
     .from_cites = STR_C("Art. 9(2)"),
     .due = STR_C("2027-10-01")},
    {.id = 4,
     .market = STR_C("QQ"),
     .place = STR_C("QQ"),
     .rule = STR_C("QQ-LABEL-4"),
     .subject = STR_C("writing"),
     .outcome = STR_C("not-applicable"),
     .severity = STR_C("major"),
     .at = AT(13, 9, 16, "features[writing]", "  - id: writing"),
     .exception = STR_C("it makes no pictures"),
     .exception_cites = STR_C("Art. 4(2)")},
    {.id = 5,
     .market = STR_C("XA"),
     .place = STR_C("XA"),
     .rule = STR_C("QQ-LABEL-4"),
     .subject = STR_C("image"),
     .outcome = STR_C("grace"),
     .severity = STR_C("major"),
     .at = AT(17, 9, 14, "features[image]", "  - id: image"),
     .from = STR_C("2026-01-01"),
     .from_cites = STR_C("Art. 9(1)"),
     .grace_until = STR_C("2027-01-01"),
     .grace_title = STR_C("first year without fines")},
};

static str rests[] = {STR_C("in grace until 2027-01-01: QQ-LABEL-4")};

static report_clearance clearances[] = {
    {.market = STR_C("QQ"),
     .place = STR_C("QQ"),
     .name = STR_C("Quentia (大陆)"),
     .as_of = STR_C("2026-12-15"),
     .clearance = STR_C("blocked"),
     .counts = {0, 2, 1, 0, 1, 0, 0, 0, 1}},
    {.market = STR_C("XA"),
     .place = STR_C("XA"),
     .name = STR_C("Alphaland"),
     .as_of = STR_C("2026-12-15"),
     .clearance = STR_C("cleared"),
     .rests_on = {rests, 1},
     .counts = {0, 0, 0, 0, 0, 1}},
    {.market = STR_C("XB"),
     .place = STR_C("XB"),
     .name = STR_C("Betaland"),
     .as_of = STR_C("2026-12-15"),
     .clearance = STR_C("uncovered")},
};

static report_evidence listed[] = {
    {STR_C("filed-models"), STR_C("ZheJiang-TongYiQianWen-20230901")},
    {STR_C("filed-models"), STR_C("ZheJiang-TongYiWanXiang-20231115")},
};

static str lacks[] = {STR_C("the contract is confirmed"), STR_C("in writing")};

static report_candidate candidates[] = {
    {.party = STR_C("alibaba"),
     .name = STR_C("Alibaba Group"),
     .from = STR_C("manifest"),
     .eligible = STR_C("true"),
     .engaged = STR_C("false"),
     .state = STR_C("negotiating"),
     .evidence = listed,
     .evidence_count = COUNT(listed),
     .lacks = {lacks, 2}},
    {.name = STR_C("北京百度网讯科技有限公司"),
     .from = STR_C("registry"),
     .eligible = STR_C("unknown"),
     .engaged = STR_C("false"),
     .lacks = {lacks, 1}},
};

static str role_places[] = {STR_C("QQ")};
static size_t role_findings[] = {0, 1};

static report_role roles[] = {{.role = STR_C("filed-model-provider"),
                               .title = STR_C("Provider of a model on the list"),
                               .places = {role_places, 1},
                               .findings = role_findings,
                               .finding_count = 2,
                               .candidates = candidates,
                               .candidate_count = COUNT(candidates),
                               .more = 19}};

static size_t decided[] = {2};

static report_question questions[] = {
    {.path = STR_C("audience.minors"),
     .ask =
         STR_C("Are minors among the users, and does the product expect, invite or exclude them?"),
     .decides = decided,
     .decides_count = 1}};

static report_file manifests[] = {{.path = STR_C("launch.yaml"), .digest = STR_C("sha256:00ff")}};
static report_file folders[] = {{.path = STR_C("installed")}};

static report_diagnostic diagnostics[] = {{.code = STR_C("old-rules"),
                                           .level = STR_C("warning"),
                                           .message = STR_C("QQ-AI is due for review"),
                                           .hint = STR_C("update the rules"),
                                           .at = {.file = STR_C("rules/qq/ai.yaml"),
                                                  .line = 3,
                                                  .column = 1,
                                                  .end_line = 3,
                                                  .end_column = 9,
                                                  .text = STR_C("reviewed: {on: 2026-11-22}")}}};

report *sample_report(arena *a) {
    report *r = arena_new(a, report);
    *r = (report){.version = STR("0.1.0"),
                  .fail_on = STR("major"),
                  .exit = 1,
                  .manifests = manifests,
                  .manifest_count = COUNT(manifests),
                  .folders = folders,
                  .folder_count = COUNT(folders),
                  .clearances = clearances,
                  .clearance_count = COUNT(clearances),
                  .findings = findings,
                  .finding_count = COUNT(findings),
                  .roles = roles,
                  .role_count = COUNT(roles),
                  .questions = questions,
                  .question_count = COUNT(questions),
                  .rules = rules,
                  .rule_count = COUNT(rules),
                  .policies = policies,
                  .policy_count = COUNT(policies),
                  .diagnostics = diagnostics,
                  .diagnostic_count = COUNT(diagnostics)};
    return r;
}
