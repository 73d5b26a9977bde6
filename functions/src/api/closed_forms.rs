//! What a request's body may not have beside what its form names. Of a struct the `OpenAPI` document says so by itself; of an enum's
//! variants utoipa leaves it out.
use sluice_shared::{api::SignatureForm, directory::DirectoryChange, review::AssignReview};
use utoipa::{
    ToSchema,
    openapi::{OpenApi, RefOr, Schema, schema::AdditionalProperties},
};

/// Says of each variant of a request's enum that it has no other fields.
pub(super) fn close(openapi: &mut OpenApi) {
    let Some(components) = &mut openapi.components else {
        return;
    };
    let names = [
        AssignReview::name(),
        DirectoryChange::name(),
        SignatureForm::name(),
    ];
    for name in names {
        if let Some(RefOr::T(Schema::OneOf(variants))) = components.schemas.get_mut(&*name) {
            variants.items.iter_mut().for_each(close_variant);
        }
    }
}

fn close_variant(variant: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = variant {
        object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    }
}
