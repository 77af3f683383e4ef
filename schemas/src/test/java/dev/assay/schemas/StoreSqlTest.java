package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreSqlTest {
    @Test
    void sqlite_everyVersion_isStatementsWithoutComments() {
        assertThat(StoreSql.sqlite())
                .hasSize(1)
                .allSatisfy(statements -> assertThat(statements)
                        .isNotEmpty()
                        .allSatisfy(statement -> assertThat(statement)
                                .startsWith("CREATE ")
                                .doesNotContain("--")
                                .doesNotEndWith(";")));
    }
}
