use super::{AdditionalProperties, Schema};

impl Schema {
    /// Calls `visit` with each schema directly inside this one, in the order of the keywords.
    pub fn for_each_child(&self, mut visit: impl FnMut(&Self)) {
        if let Some(object) = &self.object {
            object.properties.values().for_each(&mut visit);
            if let AdditionalProperties::Schema(schema) = &object.additional {
                visit(schema);
            }
            object.pattern_properties.iter().for_each(|(_, schema)| visit(schema));
            object.property_names.iter().for_each(&mut visit);
        }
        if let Some(array) = &self.array {
            array.prefix_items.iter().chain(&array.items).for_each(&mut visit);
        }
        if let Some(composition) = &self.composition {
            let lists = [&composition.all_of, &composition.any_of, &composition.one_of];
            lists.into_iter().flatten().for_each(&mut visit);
            [&composition.not, &composition.if_schema, &composition.then_schema]
                .into_iter()
                .chain([&composition.else_schema])
                .flatten()
                .for_each(visit);
        }
    }

    /// Like [`Self::for_each_child`], to change them.
    pub fn for_each_child_mut(&mut self, mut visit: impl FnMut(&mut Self)) {
        if let Some(object) = &mut self.object {
            object.properties.values_mut().for_each(&mut visit);
            if let AdditionalProperties::Schema(schema) = &mut object.additional {
                visit(schema);
            }
            object.pattern_properties.iter_mut().for_each(|(_, schema)| visit(schema));
            object.property_names.iter_mut().for_each(&mut visit);
        }
        if let Some(array) = &mut self.array {
            array.prefix_items.iter_mut().chain(&mut array.items).for_each(&mut visit);
        }
        if let Some(composition) = &mut self.composition {
            let composition = &mut **composition;
            let lists = [&mut composition.all_of, &mut composition.any_of, &mut composition.one_of];
            lists.into_iter().flatten().for_each(&mut visit);
            [&mut composition.not, &mut composition.if_schema, &mut composition.then_schema]
                .into_iter()
                .chain([&mut composition.else_schema])
                .flatten()
                .for_each(visit);
        }
    }
}
