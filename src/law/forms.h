// SPDX-License-Identifier: Apache-2.0
//
// What each kind of file of a rules folder is made of, as its reader says it.
#ifndef OBSTAT_LAW_FORMS_H
#define OBSTAT_LAW_FORMS_H

#include "law/schema.h"

extern const schema_form policy_form;       // obstat: policy/v1
extern const schema_form jurisdiction_form; // obstat: jurisdiction/v1
extern const schema_form places_form;       // obstat: places/v1
extern const schema_form registry_form;     // obstat: registry/v1
extern const schema_form entities_form;     // obstat: entities/v1
extern const schema_form vocabulary_form;   // obstat: vocabulary/v1

#endif
