//! Organisations that are on board.

use super::Examiner;
use app::{
    error::AppError,
    partner::on_board::{Partner, Partners},
};
use async_trait::async_trait;

#[async_trait]
impl Partners for Examiner {
    async fn partners(&self) -> Result<Vec<Partner>, AppError> {
        Ok(self.portal.database.partners().await?)
    }
}
