package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoreSqlTest {
    @Test
    void everyVersion_isStatementsWithoutComments() {
        assertThat(StoreSql.sqlite()).isNotEmpty();
        assertThat(List.of(StoreSql.sqlite(), StoreSql.postgresql()))
                .allSatisfy(versions -> assertThat(versions)
                        .hasSameSizeAs(StoreSql.sqlite())
                        .allSatisfy(statements -> assertThat(statements)
                                .isNotEmpty()
                                .allSatisfy(statement -> assertThat(statement)
                                        .matches("(?s)(CREATE|ALTER|DROP) .*")
                                        .doesNotContain("--")
                                        .doesNotEndWith(";"))));
    }
}
